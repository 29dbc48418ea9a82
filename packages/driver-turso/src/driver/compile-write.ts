import type { SqlStatement } from '@objectstack/spec/contracts';
import { type RawBuilder, sql } from 'kysely';
import { quote } from '../schema/quote.js';
import { compileFilter } from './compile-filter.js';
import { toStatement } from './compile-find.js';
import type { NumberedField } from './numbered-field.js';
import type { ObjectModel } from './object-model.js';
import { queryBuilder } from './query-builder.js';
import type { Columns } from './record-encoder.js';

/** Advances a counter by one, or to a given number if that is higher. */
export function compileAdvance(sequenceId: string, given: number | null, now: string): SqlStatement {
  const next = given === null ? 'last_value + 1' : 'max(last_value, excluded.last_value)';
  return {
    sql: `INSERT INTO _os_sequence (id, last_value, created_at, updated_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET last_value = ${next}, updated_at = excluded.updated_at`,
    args: [sequenceId, given ?? 1, now, now],
  };
}

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
    queryBuilder
      .insertInto(model.name)
      .values(values)
      .returning(model.columns.map(({ name }) => name)),
  );
}

/** Maximum number of variables of a statement, with a margin. */
export const MOST_VARIABLES = 32_000;

/**
 * INSERTs of many records, in as few statements as possible; they return the records unordered. Each record gets the
 * columns of all records: a column without a value and without a default is null either way.
 */
export function compileInsertMany(model: ObjectModel, records: readonly Columns[]): SqlStatement[] {
  const names = [...new Set(records.flatMap((columns) => Object.keys(columns)))];
  const atOnce = Math.max(1, Math.floor(MOST_VARIABLES / names.length));
  const into = `insert into ${quote(model.name)} (${names.map(quote).join(', ')}) values `;
  const returning = ` returning ${model.columns.map(({ name }) => quote(name)).join(', ')}`;
  const row = `(${names.map(() => '?').join(', ')})`;
  return Array.from({ length: Math.ceil(records.length / atOnce) }, (_, index) => {
    const some = records.slice(index * atOnce, (index + 1) * atOnce);
    const args = some.flatMap((columns) => names.map((name) => columns[name] ?? null));
    return { sql: `${into}${some.map(() => row).join(', ')}${returning}`, args };
  });
}

/** Guard of a batch: fails unless the previous statement changed a record. */
export const RECORD_EXISTS = 'OS_RECORD_MISSING';
const MUST_EXIST: SqlStatement = {
  sql: `SELECT CASE WHEN changes() = 0 THEN json_extract('{}', '${RECORD_EXISTS}') END AS missing`,
};

/** UPDATE of one record that returns it. In a batch, a missing record rolls the batch back. */
export function compileUpdate(
  model: ObjectModel,
  id: string,
  columns: Columns,
  missing: 'may be missing' | 'must exist',
): SqlStatement[] {
  const update = queryBuilder.updateTable(model.name).set(columns).where('id', '=', id);
  const statement = toStatement(update.returning(model.columns.map(({ name }) => name)));
  return missing === 'must exist' ? [statement, MUST_EXIST] : [statement];
}

/** DELETE of the records with one of the ids. */
export function compileDeleteIds(model: ObjectModel, ids: readonly string[]): SqlStatement {
  return {
    sql: `delete from ${quote(model.name)} where "id" in (select value from temp.json_each(?))`,
    args: [JSON.stringify(ids)],
  };
}

export function compileUpdateMany(model: ObjectModel, filter: unknown, columns: Columns): SqlStatement {
  return toStatement(queryBuilder.updateTable(model.name).set(columns).where(compileFilter(model, filter)));
}

export function compileDelete(model: ObjectModel, id: string): SqlStatement {
  return toStatement(queryBuilder.deleteFrom(model.name).where('id', '=', id));
}

export function compileDeleteMany(model: ObjectModel, filter: unknown): SqlStatement {
  return toStatement(queryBuilder.deleteFrom(model.name).where(compileFilter(model, filter)));
}
