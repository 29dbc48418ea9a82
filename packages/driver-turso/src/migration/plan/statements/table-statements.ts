import type { DeployDiff, RetainedTable, Table } from '@objectstack/spec/system';
import { foreignKeyOn } from '../../../schema/column-named.js';
import { createIndexSql, createTableSql } from '../../../schema/create-table-sql.js';
import { quote } from '../../../schema/quote.js';
import { tableOf } from '../../../schema/table-of.js';
import { goneName } from '../../diff/renames/renamed-columns.js';
import { type Draft, plain } from '../draft/draft.js';
import { KEPT_ROW, keepsRowIds } from '../retained/retain-values.js';
import { rowidOf } from '../table/rowid.js';
import { type Row, refersToOne } from '../values/column-value.js';
import { keptWhole } from '../values/row-before.js';
import { createIndex } from './index-statements.js';

const SAFE = { risk: 'safe' } as const;

/**
 * The way back of a table that was dropped. What has been made again by then refers to a name that nothing has; the table
 * comes back under that one, and the database writes its own into whatever refers to it.
 */
function tableBack(table: Table, kept: RetainedTable | undefined): Draft['rollback'] {
  const gone = { ...table, name: goneName(table.name) };
  return [
    createTableSql(gone),
    ...(kept ? [insertKept(gone, kept)] : []),
    `ALTER TABLE ${quote(gone.name)} RENAME TO ${quote(table.name)}`,
    ...table.indexes.map((index) => createIndexSql(table.name, index)),
  ].map(plain);
}

/** Drops the tables of removed objects. Foreign keys must be off. */
export function dropTables({ removed }: DeployDiff, kept: readonly RetainedTable[]): Draft[] {
  return removed.map((table): Draft => {
    const aside = kept.find(({ object, whole }) => whole && object === table.name);
    return {
      kind: 'drop_table',
      changeId: `remove_object:${table.name}`,
      sql: `DROP TABLE ${quote(table.name)}`,
      risk: 'loses_data',
      explanation: `Drops the table of ${table.name} and its records, which were kept aside.`,
      rollback: tableBack(table, aside),
    };
  });
}

/** Records come back when all tables are there: with foreign keys on, none can be written while a target is missing. */
export function createTables(diff: DeployDiff): Draft[] {
  const known = new Set(diff.knownObjects);
  const target = (table: string) => quote(keptWhole(diff, table)?.name ?? table);
  const added = diff.objects.flatMap(({ change, id: changeId, after }) => {
    if (change !== 'added' || !after) return [];
    const table = tableOf(after, known);
    const indexes = table.indexes.map((index) => createIndex(table.name, index, { changeId }));
    return [{ changeId, table, kept: keptWhole(diff, after.name), indexes }];
  });
  const creates = added.flatMap(({ changeId, table, kept, indexes }): Draft[] => {
    const create: Draft = {
      kind: 'create_table',
      changeId,
      sql: createTableSql(table),
      ...SAFE,
      explanation: `Creates the table of ${table.name}.`,
      rollback: [plain(`DROP TABLE ${quote(table.name)}`)],
    };
    return kept ? [create] : [create, ...indexes];
  });
  const restores = added.flatMap(({ changeId, table, kept, indexes }): Draft[] => {
    if (!kept) return [];
    const explanation = `Brings the records of ${table.name} back.`;
    const sql = insertKept(table, kept, target);
    return [{ kind: 'restore_records', changeId, sql, ...SAFE, explanation, rollback: [] }, ...indexes];
  });
  return [...creates, ...restores];
}

/** The records that were kept; with `target`, without what refers to one that is gone. */
function insertKept(table: Table, kept: RetainedTable, target?: Row['target']): string {
  const { name, columns } = table;
  const shared = ['id', ...kept.columns.filter((column) => columns.some((other) => other.name === column))];
  const names = shared.map(quote).join(', ');
  const values = shared.map((column) => {
    const value = `_os_kept.${quote(column)}`;
    const key = foreignKeyOn(table, column);
    return key && target ? `CASE WHEN ${refersToOne(value, target(key.table))} THEN ${value} END` : value;
  });
  const source = `FROM ${quote(kept.name)} AS _os_kept`;
  if (!keepsRowIds(kept))
    return `INSERT INTO ${quote(name)} (${names}) SELECT ${values.join(', ')} ${source} ORDER BY _os_kept.${rowidOf(table)}`;
  return `INSERT INTO ${quote(name)} (${rowidOf(table)}, ${names}) SELECT ${quote(KEPT_ROW)}, ${values.join(', ')} ${source}`;
}
