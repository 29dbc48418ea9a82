import type { IndexChange } from '@objectstack/spec/system';
import { createIndexSql } from '../../../schema/create-table-sql.js';
import { quote } from '../../../schema/quote.js';
import { type Draft, plain } from '../draft/draft.js';

export function createIndex(
  object: string,
  index: NonNullable<IndexChange['after']>,
  { changeId, risk = 'safe' }: { changeId: string; risk?: Draft['risk'] },
): Draft {
  const columns = index.columns.map(({ name }) => name ?? 'an expression').join(', ');
  return {
    kind: 'create_index',
    changeId,
    sql: createIndexSql(object, index),
    risk,
    explanation: `Indexes ${columns} of ${object}${index.unique ? ' and keeps their values unique' : ''}.`,
    rollback: [plain(`DROP INDEX ${quote(index.name)}`)],
  };
}
