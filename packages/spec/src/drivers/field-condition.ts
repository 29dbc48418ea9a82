import type { RecordFields, StoredValue } from '../data/check-record.js';
import { encodeField } from '../data/encode-field.js';
import { encodeItem } from '../data/encode-item.js';
import { type FieldValueModel, foldCase } from '../data/field-value.js';
import type { FieldOperators } from '../data/filter.zod.js';
import { operatorsOf } from '../data/operators-of.js';
import { isPlainObject } from '../shared/is-plain-object.js';
import type { JsonPath } from '../shared/json-pointer.js';
import { LIMITS } from '../shared/limits.js';
import { compareStored } from './compare-stored.js';
import { invalidFilter } from './invalid-query.js';
import type { StoredRow } from './object-model.js';

/** Whether a row matches. */
export type RowFilter = (row: Readonly<StoredRow>) => boolean;

type Value = NonNullable<StoredValue>;
type Operator = keyof FieldOperators;

/** One operator of a condition on a field. */
interface Condition {
  readonly fields: RecordFields;
  readonly name: string;
  readonly model: FieldValueModel;
  readonly operand: unknown;
  readonly path: JsonPath;
}

const not =
  (matches: RowFilter): RowFilter =>
  (row) =>
    !matches(row);

const hasValue =
  ({ name }: Condition): RowFilter =>
  (row) =>
    (row[name] ?? null) !== null;

/** Matches values that a test accepts, and no missing value. */
const test =
  ({ name }: Condition, accepts: (value: Value) => boolean): RowFilter =>
  (row) => {
    const value = row[name] ?? null;
    return value !== null && accepts(value);
  };

function encoded({ model, path }: Condition, operand: unknown): Value {
  const result = operand === undefined ? { value: null } : encodeField(model, operand);
  if ('rule' in result || result.value === null) throw invalidFilter(path);
  return result.value;
}

/** The operand of a comparison: a literal value, or the value of another field of the same encoding. */
function operandOf(condition: Condition): (row: Readonly<StoredRow>) => StoredValue {
  const { fields, model, operand, path } = condition;
  if (!isPlainObject(operand)) {
    const value = encoded(condition, operand);
    return () => value;
  }
  const name = String(operand.$field);
  const isAlike = fields.get(name)?.storage.encoding === model.storage.encoding;
  if (!isAlike || typeof operand.$field !== 'string' || Object.keys(operand).length !== 1)
    throw invalidFilter(path);
  return (row) => row[name] ?? null;
}

function compare(condition: Condition, accepts: (order: number) => boolean): RowFilter {
  const { name, model } = condition;
  const other = operandOf(condition);
  return (row) => {
    const [left, right] = [row[name] ?? null, other(row)];
    return left !== null && right !== null && accepts(compareStored(model, left, right));
  };
}

function equals(condition: Condition): RowFilter {
  if (condition.operand === null) return not(hasValue(condition));
  const { name, model } = condition;
  const other = operandOf(condition);
  return (row) => compareStored(model, row[name] ?? null, other(row)) === 0;
}

const comparable = ({ ignoresCase }: FieldValueModel, value: StoredValue) =>
  ignoresCase && typeof value === 'string' ? foldCase(value) : value;

function isIn(condition: Condition): RowFilter {
  const { name, model, operand, path } = condition;
  if (!Array.isArray(operand) || operand.length > LIMITS.maxFilterListItems) throw invalidFilter(path);
  const values = Array.from(operand, (item) => (item === null ? null : encoded(condition, item)));
  const known = new Set(values.map((value) => comparable(model, value)));
  return (row) => known.has(comparable(model, row[name] ?? null));
}

function isBetween(condition: Condition): RowFilter {
  const { model, operand, path } = condition;
  if (!Array.isArray(operand) || operand.length !== 2) throw invalidFilter(path);
  const [from, to] = [encoded(condition, operand[0]), encoded(condition, operand[1])];
  return test(
    condition,
    (value) => compareStored(model, value, from) >= 0 && compareStored(model, value, to) <= 0,
  );
}

function searches(condition: Condition, accepts: (text: string, part: string) => boolean): RowFilter {
  const { model } = condition;
  const part = String(comparable(model, encoded(condition, condition.operand)));
  return test(condition, (value) => accepts(String(comparable(model, value)), part));
}

function contains(condition: Condition): RowFilter {
  const { model, operand, path } = condition;
  if (!model.isList) return searches(condition, (text, part) => text.includes(part));
  const item = encodeItem(model, operand);
  if ('rule' in item) throw invalidFilter(path);
  return test(condition, (value) => (JSON.parse(String(value)) as unknown[]).includes(item.value));
}

function isPresent(condition: Condition, wanted: boolean): RowFilter {
  const { operand, path } = condition;
  if (typeof operand !== 'boolean') throw invalidFilter(path);
  return operand === wanted ? hasValue(condition) : not(hasValue(condition));
}

const OPERATORS: Record<Operator, (condition: Condition) => RowFilter> = {
  $eq: equals,
  $ne: (condition) => not(equals(condition)),
  $gt: (condition) => compare(condition, (order) => order > 0),
  $gte: (condition) => compare(condition, (order) => order >= 0),
  $lt: (condition) => compare(condition, (order) => order < 0),
  $lte: (condition) => compare(condition, (order) => order <= 0),
  $in: isIn,
  $nin: (condition) => not(isIn(condition)),
  $between: isBetween,
  $contains: contains,
  $notContains: (condition) => not(contains(condition)),
  $startsWith: (condition) => searches(condition, (text, part) => text.startsWith(part)),
  $endsWith: (condition) => searches(condition, (text, part) => text.endsWith(part)),
  $null: (condition) => isPresent(condition, false),
  $exists: (condition) => isPresent(condition, true),
};

/** Matches rows by one operator on a field. Throws `invalid_filter` with the path. */
export function fieldCondition(operator: string, condition: Condition): RowFilter {
  const { model, operand, path } = condition;
  const asksForNull = operand === null && (operator === '$eq' || operator === '$ne');
  const permitted: ReadonlySet<string> = operatorsOf(model);
  const isPermitted = permitted.has(operator) || (asksForNull && model.storage.column !== null);
  if (operand === undefined || !isPermitted) throw invalidFilter(path);
  return OPERATORS[operator as Operator](condition);
}
