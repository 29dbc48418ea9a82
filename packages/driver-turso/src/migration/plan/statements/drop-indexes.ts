import type { DeployDiff } from '@objectstack/spec/system';
import { createIndexSql } from '../../../schema/create-table-sql.js';
import { quote } from '../../../schema/quote.js';
import { type Draft, plain } from '../draft/draft.js';

/** Drops indexes first, because an index prevents dropping its columns and reusing its name. */
export function dropIndexes(diff: DeployDiff): Draft[] {
  const tables = new Map(diff.tables.map(({ before, after }) => [after.name, before]));
  return diff.indexes.flatMap(({ id: changeId, risk, object, before }): Draft[] => {
    const table = tables.get(object);
    const live = table?.indexes.find(({ name }) => name === before?.name);
    if (!table || !live) return [];
    const columns = live.columns.map(({ name }) => name).join(', ');
    return [
      {
        kind: 'drop_index',
        changeId,
        sql: `DROP INDEX ${quote(live.name)}`,
        risk: risk === 'weakens_integrity' ? risk : 'safe',
        explanation: `Removes the index of ${table.name} on ${columns}.`,
        rollback: [plain(createIndexSql(table.name, live))],
      },
    ];
  });
}
