import type { SqlStatement } from '@objectstack/spec/contracts';
import type { Columns } from './columns-of.js';
import { compileFilter } from './compile-filter.js';
import { toStatement } from './compile-find.js';
import { idOfRecord } from './id-of-record.js';
import type { ObjectModel } from './object-model.js';
import { queryBuilder } from './query-builder.js';
import { selection } from './selected-column.js';

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
  const update = queryBuilder.updateTable(model.name).set(columns).where('id', '=', idOfRecord(model, id));
  const statement = toStatement(update.returning(model.columns.map(selection)));
  return missing === 'must exist' ? [statement, MUST_EXIST] : [statement];
}

export function compileUpdateMany(model: ObjectModel, filter: unknown, columns: Columns): SqlStatement {
  return toStatement(queryBuilder.updateTable(model.name).set(columns).where(compileFilter(model, filter)));
}
