import type { RecordFields } from '../data/check-record.js';
import { isPlainObject } from '../shared/is-plain-object.js';
import type { JsonPath } from '../shared/json-pointer.js';
import { LIMITS } from '../shared/limits.js';
import { fieldCondition, type RowFilter } from './field-condition.js';
import { invalidFilter } from './invalid-query.js';

/** The fields that a filter can name, and the number of its parts so far. */
interface Context {
  readonly fields: RecordFields;
  readonly depth: number;
  parts: number;
}

function count(context: Context, path: JsonPath): void {
  context.parts += 1;
  if (context.parts > LIMITS.maxFilterNodes) throw invalidFilter(path);
}

/** Counts what an operand contains: the bounds of a range, and the key of a reference to another field. */
function countOperand(context: Context, operator: string, operand: unknown, path: JsonPath): void {
  if (operator === '$in' || operator === '$nin' || typeof operand !== 'object' || operand === null) return;
  for (const key of Object.keys(operand)) count(context, [...path, key]);
}

function filters(context: Context, given: unknown, path: JsonPath): RowFilter[] {
  if (!Array.isArray(given)) throw invalidFilter(path);
  return Array.from(given, (item, index) => {
    count(context, [...path, index]);
    return filterAt(context, item, [...path, index]);
  });
}

function conditions(context: Context, name: string, given: unknown, path: JsonPath): RowFilter {
  const { fields } = context;
  const model = fields.get(name);
  if (!model) throw invalidFilter(path);
  if (!isPlainObject(given)) return fieldCondition('$eq', { fields, name, model, operand: given, path });
  const operators = Object.entries(given);
  if (operators.length === 0) throw invalidFilter(path);
  const all = operators.map(([operator, operand]) => {
    const place = [...path, operator];
    count(context, place);
    countOperand(context, operator, operand, place);
    return fieldCondition(operator, { fields, name, model, operand, path: place });
  });
  return (row) => all.every((matches) => matches(row));
}

function part(context: Context, key: string, given: unknown, path: JsonPath): RowFilter {
  count(context, path);
  if (key === '$and') {
    const all = filters(context, given, path);
    return (row) => all.every((matches) => matches(row));
  }
  if (key === '$or') {
    const some = filters(context, given, path);
    return (row) => some.some((matches) => matches(row));
  }
  if (key === '$not') {
    const matches = filterAt(context, given, path);
    return (row) => !matches(row);
  }
  return conditions(context, key, given, path);
}

function filterAt(context: Context, filter: unknown, path: JsonPath): RowFilter {
  if (!isPlainObject(filter) || path.length - context.depth > LIMITS.maxFilterDepth)
    throw invalidFilter(path);
  const all = Object.entries(filter).map(([key, given]) => part(context, key, given, [...path, key]));
  return (row) => all.every((matches) => matches(row));
}

/**
 * Returns a function that tests whether a row matches a filter, for drivers that have rows in memory. `fields` are those that conditions can name: of an
 * object, or of rows of values. Throws `invalid_filter` with the path, whose beginning is `at`, for every mistake.
 */
export const rowFilter = (fields: RecordFields, filter: unknown, at: JsonPath = ['where']): RowFilter =>
  filterAt({ fields, depth: at.length, parts: 0 }, filter, at);
