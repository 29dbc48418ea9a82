import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff, RetainedTable, Table } from '@objectstack/spec/system';
import { foreignKeyOn } from '../../../schema/column-named.js';
import { createTableSql } from '../../../schema/create-table-sql.js';
import { idTypesAfter } from '../../../schema/id-types-of.js';
import { flatMapSteps } from '../../../schema/map-steps.js';
import { quote } from '../../../schema/quote.js';
import { tableOf } from '../../../schema/table-of.js';
import { carryAssignedIds, hasAutoincrement } from '../draft/carry-assigned-ids.js';
import { type Draft, plain } from '../draft/draft.js';
import { RETAINED_ROWID, retainsRowIds } from '../retained/retain-values.js';
import { rowidOf } from '../table/rowid-of.js';
import { type Row, referencedRecordExists } from '../values/column-value.js';
import { retainedObject } from '../values/row-before.js';
import { createIndex } from './create-index.js';

const SAFE = { risk: 'safe' } as const;

/**
 * Creates all tables before records are restored: with foreign keys enabled, no record can be inserted while a target
 * is missing.
 */
export function* createTables(diff: DeployDiff): Steps<Draft[]> {
  const known = idTypesAfter(diff);
  const target = (table: string) => quote(retainedObject(diff, table)?.name ?? table);
  const added = yield* flatMapSteps(diff.objects, ({ change, id: changeId, after }) => {
    if (change !== 'added' || !after) return [];
    const table = tableOf(after, known);
    const indexes = table.indexes.map((index) => createIndex(table.name, index, { changeId }));
    return [{ changeId, table, retained: retainedObject(diff, after.name), indexes }];
  });
  const creates = yield* flatMapSteps(added, ({ changeId, table, retained, indexes }): Draft[] => {
    const create: Draft = {
      kind: 'create_table',
      changeId,
      sql: createTableSql(table),
      ...SAFE,
      explanation: `Creates the table of ${table.name}.`,
      rollback: [plain(`DROP TABLE ${quote(table.name)}`)],
    };
    return retained ? [create] : [create, ...indexes];
  });
  const restores = yield* flatMapSteps(added, ({ changeId, table, retained, indexes }): Draft[] => {
    if (!retained) return [];
    const explanation = `Restores the records of ${table.name}.`;
    const restore = (sql: string): Draft => ({
      kind: 'restore_records',
      changeId,
      sql,
      ...SAFE,
      explanation,
      rollback: [],
    });
    const assigned = hasAutoincrement(table) ? carryAssignedIds(retained.name, table.name) : [];
    return [restore(insertRetained(table, retained, target)), ...assigned.map(restore), ...indexes];
  });
  return [...creates, ...restores];
}

/** Inserts retained records. With `target`, references to missing records become null. */
export function insertRetained(table: Table, retained: RetainedTable, target?: Row['target']): string {
  const { name, columns } = table;
  const shared = [
    'id',
    ...retained.columns.filter((column) => columns.some((other) => other.name === column)),
  ];
  const names = shared.map(quote).join(', ');
  const values = shared.map((column) => {
    const value = `_os_kept.${quote(column)}`;
    const key = foreignKeyOn(table, column);
    return key && target
      ? `CASE WHEN ${referencedRecordExists(value, target(key.table))} THEN ${value} END`
      : value;
  });
  const source = `FROM ${quote(retained.name)} AS _os_kept`;
  if (!retainsRowIds(retained))
    return `INSERT INTO ${quote(name)} (${names}) SELECT ${values.join(', ')} ${source} ORDER BY _os_kept.${rowidOf(table)}`;
  return `INSERT INTO ${quote(name)} (${rowidOf(table)}, ${names}) SELECT ${quote(RETAINED_ROWID)}, ${values.join(', ')} ${source}`;
}
