import {
  encodeField,
  encodeItem,
  type FieldOperators,
  foldCase,
  isStorableText,
} from '@objectstack/spec/data';
import { isPlainObject, LIMITS } from '@objectstack/spec/shared';
import { name, type Sql, sql, verbatim } from '../connection/sql.js';
import { driverError } from '../driver-error.js';
import type { Column } from '../schema/object-table.js';
import { compared, operand, operandList } from './field-expression.js';

/** One operator on one field. */
export interface Condition {
  readonly field: Column;
  /** Fields that the condition can refer to, by name. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly given: unknown;
  /** JSON Pointer to the condition. */
  readonly path: string;
}

const invalid = ({ path }: Condition) => driverError('invalid_filter', { path });

/** The encoded value. Throws `invalid_filter` if the field cannot have it, or if it is missing. */
function encoded(condition: Condition, value: unknown): string | number {
  const result = encodeField(condition.field, value);
  if ('rule' in result || result.value === null) throw invalid(condition);
  return result.value;
}

/** The other side of a comparison: a value, or another field of the same type. */
function otherSide(condition: Condition): Sql {
  const { field, columns, given } = condition;
  if (!isPlainObject(given)) return operand(field, encoded(condition, given));
  const other = typeof given.$field === 'string' ? columns.get(given.$field) : undefined;
  const isAlike = other?.storage.encoding === field.storage.encoding;
  if (!other || !isAlike || Object.keys(given).length !== 1) throw invalid(condition);
  return compared({ name: other.name, ignoresCase: field.ignoresCase });
}

/** A condition that is unknown is not met. */
const negated = (condition: Sql) => sql`(${condition}) IS NOT TRUE`;

const equals = (condition: Condition): Sql =>
  condition.given === null
    ? sql`${name(condition.field.name)} IS NULL`
    : isPlainObject(condition.given)
      ? sql`${compared(condition.field)} IS NOT DISTINCT FROM ${otherSide(condition)}`
      : sql`${compared(condition.field)} = ${otherSide(condition)}`;

const comparison = (operator: string) => (condition: Condition) =>
  sql`${compared(condition.field)} ${verbatim(operator)} ${otherSide(condition)}`;

function isIn(condition: Condition): Sql {
  const { field, given } = condition;
  if (!Array.isArray(given) || given.length > LIMITS.maxFilterListItems) throw invalid(condition);
  const values = Array.from(given).filter((item) => item !== null);
  const list = operandList(
    field,
    values.map((item) => encoded(condition, item)),
  );
  const found = sql`${compared(field)} = ANY(${list})`;
  return values.length === given.length ? found : sql`(${found} OR ${name(field.name)} IS NULL)`;
}

function between(condition: Condition): Sql {
  const { field, given } = condition;
  if (!Array.isArray(given) || given.length !== 2) throw invalid(condition);
  const [from, to] = Array.from(given, (bound) => operand(field, encoded(condition, bound)));
  return sql`${compared(field)} BETWEEN ${from} AND ${to}`;
}

/** The text to search for. */
function part(condition: Condition): Sql {
  const { field, given } = condition;
  if (field.storage.encoding !== 'text' || typeof given !== 'string' || !isStorableText(given))
    throw invalid(condition);
  return sql`${field.ignoresCase ? foldCase(given) : given}::text`;
}

/** Whether a text contains another text, or a list an item. */
function contains(condition: Condition): Sql {
  const { field, given } = condition;
  if (!field.isList) return sql`strpos(${compared(field)}, ${part(condition)}) > 0`;
  const item = encodeItem(field, given);
  if ('rule' in item) throw invalid(condition);
  return sql`${name(field.name)} @> ${JSON.stringify(item.value)}::jsonb`;
}

function isMissing(condition: Condition, whenGiven: boolean): Sql {
  const { field, given } = condition;
  if (typeof given !== 'boolean') throw invalid(condition);
  return sql`${name(field.name)} IS ${verbatim(given === whenGiven ? 'NULL' : 'NOT NULL')}`;
}

export type Operator = keyof FieldOperators;

export const OPERATORS: Readonly<Record<Operator, (condition: Condition) => Sql>> = {
  $eq: equals,
  $ne: (condition) => negated(equals(condition)),
  $gt: comparison('>'),
  $gte: comparison('>='),
  $lt: comparison('<'),
  $lte: comparison('<='),
  $in: isIn,
  $nin: (condition) => negated(isIn(condition)),
  $between: between,
  $contains: contains,
  $notContains: (condition) => negated(contains(condition)),
  $startsWith: (condition) => sql`starts_with(${compared(condition.field)}, ${part(condition)})`,
  $endsWith: (condition) =>
    sql`right(${compared(condition.field)}, length(${part(condition)})) = ${part(condition)}`,
  $null: (condition) => isMissing(condition, true),
  $exists: (condition) => isMissing(condition, false),
};
