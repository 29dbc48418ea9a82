import type { SqlValue } from '@objectstack/spec/contracts';
import {
  encodeValue,
  expectedValue,
  FILTER_OPERATORS,
  type FieldOperators,
  isIntegerId,
  isStorableText,
} from '@objectstack/spec/data';
import { type Expression, type SqlBool, sql } from 'kysely';
import { columnRef, searched } from './column-ref.js';
import { hasItem } from './has-item.js';
import { invalidFilter, unknownOperator } from './invalid-filter.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import { isIntegerIdField } from './selected-column.js';

type Condition = Expression<SqlBool>;

/** Path and field of a condition. */
export interface FieldContext {
  readonly model: ObjectModel;
  readonly field: FieldModel;
  readonly path: string;
}

const NO_VALUES = sql<SqlBool>`0`;
const ALL_ROWS = sql<SqlBool>`1`;
const columnOf = ({ field }: FieldContext) => columnRef(field);
const plainColumn = ({ field }: FieldContext) => sql`${sql.ref(field.name)}`;
const isNull = (context: FieldContext) => sql<SqlBool>`${plainColumn(context)} is null`;
const isNotNull = (context: FieldContext) => sql<SqlBool>`${plainColumn(context)} is not null`;

/** A list in place of a value is meant as its alternatives. */
const ofSeveral = (value: unknown) => (Array.isArray(value) ? '. For one of several values, write $in' : '');

export function encodeComparand({ field, path }: FieldContext, value: unknown): SqlValue {
  const encoded = encodeValue(field.storage.encoding, value);
  if ('rule' in encoded || encoded.value === null)
    throw invalidFilter(path, `The value must be ${expectedValue(field)}${ofSeveral(value)}`);
  return encoded.value;
}

function referencedColumn(context: FieldContext, reference: object) {
  const name = (reference as { $field?: unknown }).$field;
  const target = typeof name === 'string' ? context.model.fields.get(name) : undefined;
  const keys = Object.keys(reference);
  if (keys.length !== 1 || !target)
    throw invalidFilter(
      context.path,
      'A reference must contain only $field, the name of a field of the same object',
    );
  if (target.storage.encoding !== context.field.storage.encoding) {
    throw invalidFilter(
      context.path,
      'The two fields store different types of values and cannot be compared',
    );
  }
  return sql.ref(target.name);
}

/** A bound value or the column of a field reference. */
function comparand(context: FieldContext, value: unknown) {
  const isReference =
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
  return isReference ? referencedColumn(context, value) : sql`${encodeComparand(context, value)}`;
}

function listOf(context: FieldContext, value: unknown): unknown[] {
  if (!Array.isArray(value))
    throw invalidFilter(context.path, 'A list is required. Put the value in brackets');
  return Array.from(value);
}

/** SQLite reads only texts and integers from JSON exactly; other numbers lose their last digits. */
const isExactInJson = (value: SqlValue) => typeof value === 'string' || Number.isSafeInteger(value);

/** A long list is bound as one JSON variable; only fractions need a variable each. */
function isAmong(context: FieldContext, values: readonly SqlValue[]): Condition {
  const column = columnOf(context);
  const list = JSON.stringify(values.filter(isExactInJson));
  const inList = sql<SqlBool>`${column} in (select value from temp.json_each(${list}))`;
  const others = values.filter((value) => !isExactInJson(value));
  return others.length === 0 ? inList : sql<SqlBool>`(${inList} or ${column} in (${sql.join(others)}))`;
}

/** Whether no record can have the id, because it is not the text of an integer. */
export const isNoId = (field: FieldModel, value: unknown): boolean =>
  isIntegerIdField(field) && typeof value === 'string' && !isIntegerId(value);

function isIn(context: FieldContext, value: unknown): Condition {
  const values = listOf(context, value).filter((item) => !isNoId(context.field, item));
  const encoded = values.filter((item) => item !== null).map((item) => encodeComparand(context, item));
  const among = encoded.length === 0 ? NO_VALUES : isAmong(context, encoded);
  return values.includes(null) ? sql<SqlBool>`(${among} or ${isNull(context)})` : among;
}

function textOf(context: FieldContext, value: unknown): string {
  if (context.field.storage.encoding !== 'text' && !isIntegerIdField(context.field))
    throw invalidFilter(context.path, 'Only text fields can be searched');
  if (typeof value !== 'string' || !isStorableText(value))
    throw invalidFilter(context.path, 'A string without NUL characters and lone surrogates is required');
  return value;
}

function flagOf(context: FieldContext, value: unknown): boolean {
  if (typeof value !== 'boolean') throw invalidFilter(context.path, 'true or false is required');
  return value;
}

/** Also true if the condition is unknown because the column is null. */
const not = (condition: Condition) => sql<SqlBool>`(${condition}) is not true`;

/** Column and text as they are compared in a search. */
function searchOf(context: FieldContext, value: unknown) {
  const text = textOf(context, value);
  const { field } = context;
  return {
    isAnything: text === '',
    column: searched(field, plainColumn(context)),
    text: searched(field, sql`${text}`),
  };
}

function contains(context: FieldContext, value: unknown): Condition {
  if (context.field.isList) return hasItem(context, value);
  const { isAnything, column, text } = searchOf(context, value);
  return isAnything ? isNotNull(context) : sql<SqlBool>`instr(${column}, ${text}) > 0`;
}

function startsWith(context: FieldContext, value: unknown): Condition {
  const { column, text } = searchOf(context, value);
  return sql<SqlBool>`substr(${column}, 1, length(${text})) = ${text}`;
}

function endsWith(context: FieldContext, value: unknown): Condition {
  const { isAnything, column, text } = searchOf(context, value);
  return isAnything ? isNotNull(context) : sql<SqlBool>`substr(${column}, -length(${text})) = ${text}`;
}

function between(context: FieldContext, value: unknown): Condition {
  const [from, to, ...rest] = listOf(context, value);
  if (rest.length > 0 || to === undefined)
    throw invalidFilter(context.path, 'A list of two values is required: the minimum and the maximum');
  return sql<SqlBool>`${columnOf(context)} between ${encodeComparand(context, from)} and ${encodeComparand(context, to)}`;
}

const compare = (operator: string) => (context: FieldContext, value: unknown) =>
  sql<SqlBool>`${columnOf(context)} ${sql.raw(operator)} ${comparand(context, value)}`;
function equals(context: FieldContext, value: unknown): Condition {
  if (isNoId(context.field, value)) return NO_VALUES;
  return value === null ? isNull(context) : compare('is')(context, value);
}

function differs(context: FieldContext, value: unknown): Condition {
  if (isNoId(context.field, value)) return ALL_ROWS;
  return value === null ? isNotNull(context) : compare('is not')(context, value);
}

const OPERATORS: Record<keyof FieldOperators, (context: FieldContext, value: unknown) => Condition> = {
  $eq: equals,
  $ne: differs,
  $gt: compare('>'),
  $gte: compare('>='),
  $lt: compare('<'),
  $lte: compare('<='),
  $in: isIn,
  $nin: (context, value) => not(isIn(context, value)),
  $between: between,
  $contains: contains,
  $notContains: (context, value) => not(contains(context, value)),
  $startsWith: startsWith,
  $endsWith: endsWith,
  $null: (context, value) => (flagOf(context, value) ? isNull(context) : isNotNull(context)),
  $exists: (context, value) => (flagOf(context, value) ? isNotNull(context) : isNull(context)),
};

const EQUALITY: ReadonlySet<string> = new Set(['$eq', '$ne', '$in', '$nin', '$null', '$exists']);
const PRESENCE: ReadonlySet<string> = new Set(['$null', '$exists']);
const MEMBERSHIP: ReadonlySet<string> = new Set(['$contains', '$notContains']);

function assertComparable({ field, path }: FieldContext, operator: string, value: unknown): void {
  const { comparand: kind, column } = field.storage;
  if (field.isList && MEMBERSHIP.has(operator)) return;
  if (column === null) throw invalidFilter(path, 'The field is computed and cannot be compared');
  const asksForEmpty = value === null && (operator === '$eq' || operator === '$ne');
  if (kind === 'presence' && !PRESENCE.has(operator) && !asksForEmpty) {
    throw invalidFilter(path, 'The only operators for the field are $null and $exists');
  }
  if (kind === 'equal' && !EQUALITY.has(operator))
    throw invalidFilter(path, 'The field can only be compared for equality, with $eq, $ne, $in or $nin');
}

/** Compiles one operator on one field. */
export function compileOperator(context: FieldContext, operator: string, value: unknown): Condition {
  if (!(FILTER_OPERATORS as readonly string[]).includes(operator))
    throw invalidFilter(context.path, unknownOperator(operator, context.field, FILTER_OPERATORS));
  if (value === undefined)
    throw invalidFilter(
      context.path,
      'The value is undefined. Remove the key, or write null to find records without a value',
    );
  assertComparable(context, operator, value);
  return OPERATORS[operator as keyof FieldOperators](context, value);
}

export { ALL_ROWS, NO_VALUES as NO_ROWS, not };
