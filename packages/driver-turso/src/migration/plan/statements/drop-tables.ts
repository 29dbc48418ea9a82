import type { DeployDiff, RetainedTable, Table } from '@objectstack/spec/system';
import { createIndexSql, createTableSql } from '../../../schema/create-table-sql.js';
import { quote } from '../../../schema/quote.js';
import { placeholderName } from '../../diff/renames/renamed-columns.js';
import { type Draft, plain } from '../draft/draft.js';
import { insertRetained } from './create-tables.js';

/**
 * Rollback of a dropped table. Tables that were restored before refer to a placeholder name. The table is created under
 * that name and then renamed, and the database updates the references.
 */
function recreateTable(table: Table, retained: RetainedTable | undefined): Draft['rollback'] {
  const placeholder = { ...table, name: placeholderName(table.name) };
  return [
    createTableSql(placeholder),
    ...(retained ? [insertRetained(placeholder, retained)] : []),
    `ALTER TABLE ${quote(placeholder.name)} RENAME TO ${quote(table.name)}`,
    ...table.indexes.map((index) => createIndexSql(table.name, index)),
  ].map(plain);
}

/** Drops the tables of removed objects. Foreign keys must be disabled. */
export function dropTables({ removed }: DeployDiff, retained: readonly RetainedTable[]): Draft[] {
  return removed.map((table): Draft => {
    const records = retained.find(({ object, whole }) => whole && object === table.name);
    return {
      kind: 'drop_table',
      changeId: `remove_object:${table.name}`,
      sql: `DROP TABLE ${quote(table.name)}`,
      risk: 'loses_data',
      explanation: `Drops the table of ${table.name} and its records, which were retained.`,
      rollback: recreateTable(table, records),
    };
  });
}
