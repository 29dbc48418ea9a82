import type { SqlStatement } from '@objectstack/spec/contracts';
import { type RawBuilder, sql } from 'kysely';
import { quote } from '../schema/quote.js';
import type { Columns } from './columns-of.js';
import { toStatement } from './compile-find.js';
import type { NumberedField } from './numbered-field.js';
import type { ObjectModel } from './object-model.js';
import { queryBuilder } from './query-builder.js';

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
