import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { type RawBuilder, sql } from 'kysely';
import { quote } from '../schema/quote.js';
import type { Columns } from './columns-of.js';
import { toStatement } from './compile-find.js';
import type { NumberedField } from './numbered-field.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import { queryBuilder } from './query-builder.js';
import { selectedColumn, selection } from './selected-column.js';

/** The current number of a counter in the format of its field. */
function currentNumber({ sequenceId, before, digits, after }: NumberedField): RawBuilder<string> {
  const last = sql`(select cast(last_value as integer) from _os_sequence where id = ${sequenceId})`;
  return sql<string>`${before} || printf('%0' || ${digits} || 'd', ${last}) || ${after}`;
}

/** INSERT that returns the record. `numbered` fields take the current number of their counter. */
export function compileInsert(
  model: ObjectModel,
  columns: Columns,
  numbered: readonly NumberedField[],
): SqlStatement {
  const numbers = numbered.map((field) => [field.name, currentNumber(field)] as const);
  const values = { ...columns, ...Object.fromEntries(numbers) };
  return toStatement(
    queryBuilder.insertInto(model.name).values(values).returning(model.columns.map(selection)),
  );
}

/** Maximum number of variables of a statement, with a margin. */
export const MOST_VARIABLES = 32_000;

/** Names of the columns of the records, in the order in which they first occur. */
export function columnsIn(records: readonly Columns[]): string[] {
  const names = new Set<string>();
  for (const columns of records) for (const name in columns) names.add(name);
  return [...names];
}

/**
 * The records with given ids, and those whose ids the database assigns, if there are any. They are inserted in this order,
 * because an assigned id is larger than those before: it could be one that a later record gives.
 */
export function givenIdsFirst<T>(records: readonly T[], columnsOf: (record: T) => Columns): T[][] {
  const isAssigned = (record: T) => columnsOf(record).id === null;
  const parts = [records.filter((record) => !isAssigned(record)), records.filter(isAssigned)];
  return parts.filter(({ length }) => length > 0);
}

/** A statement of an insert, and the records that it inserts. Either all or none of them have ids that are assigned. */
export interface InsertMany {
  readonly statement: SqlStatement;
  readonly records: readonly Columns[];
}

/**
 * INSERTs of many records, in as few statements as possible. Each record gets the columns of all records: a column without
 * a value and without a default is null either way. The statements return the given columns.
 */
export function compileInsertMany(
  model: ObjectModel,
  records: readonly Columns[],
  returned: readonly FieldModel[],
): InsertMany[] {
  return givenIdsFirst(records, (columns) => columns).flatMap((some) => insertsOf(model, some, returned));
}

function insertsOf(
  { name }: ObjectModel,
  records: readonly Columns[],
  returned: readonly FieldModel[],
): InsertMany[] {
  const names = columnsIn(records);
  const atOnce = Math.max(1, Math.floor(MOST_VARIABLES / names.length));
  const into = `insert into ${quote(name)} (${names.map(quote).join(', ')}) values `;
  const returning = returned.length > 0 ? ` returning ${returned.map(selectedColumn).join(', ')}` : '';
  const row = `(${names.map(() => '?').join(', ')})`;
  const statements: InsertMany[] = [];
  for (let start = 0; start < records.length; start += atOnce) {
    const some = records.slice(start, start + atOnce);
    const args: SqlValue[] = [];
    for (const columns of some) for (const column of names) args.push(columns[column] ?? null);
    const sql = `${into}${Array(some.length).fill(row).join(', ')}${returning}`;
    statements.push({ statement: { sql, args }, records: some });
  }
  return statements;
}
