import type { DeployDiff, RetainedTable, Table } from '@objectstack/spec/system';
import { createIndexSql, createTableSql } from '../../../schema/ddl.js';
import { quote } from '../../../schema/identifier.js';
import { placeholderName } from '../../diff/renames/renamed-columns.js';
import { type Draft, plain } from '../draft/draft.js';
import { insertRetained } from './create-tables.js';

/**
 * The way back of a table that was dropped. What has been made again by then refers to a name that nothing has; the table
 * comes back under that one, and the database writes its own into whatever refers to it.
 */
function recreateTable(table: Table, retained: RetainedTable | undefined): Draft['rollback'] {
  const gone = { ...table, name: placeholderName(table.name) };
  return [
    createTableSql(gone),
    ...(retained ? [insertRetained(gone, retained)] : []),
    `ALTER TABLE ${quote(gone.name)} RENAME TO ${quote(table.name)}`,
    ...table.indexes.map((index) => createIndexSql(table.name, index)),
  ].map(plain);
}

/** Drops the tables of removed objects. Foreign keys must be off. */
export function dropTables({ removed }: DeployDiff, retained: readonly RetainedTable[]): Draft[] {
  return removed.map((table): Draft => {
    const aside = retained.find(({ object, whole }) => whole && object === table.name);
    return {
      kind: 'drop_table',
      changeId: `remove_object:${table.name}`,
      sql: `DROP TABLE ${quote(table.name)}`,
      risk: 'loses_data',
      explanation: `Drops the table of ${table.name} and its records, which were kept aside.`,
      rollback: recreateTable(table, aside),
    };
  });
}
