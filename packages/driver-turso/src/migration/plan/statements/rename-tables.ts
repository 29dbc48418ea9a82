import type { DeployDiff } from '@objectstack/spec/system';
import { quote } from '../../../schema/quote.js';
import { renamedObjects } from '../../diff/renames/renamed-columns.js';
import { type Draft, plain } from '../draft/draft.js';
import { renameSteps, temporaryName } from './rename-steps.js';

export function renameTables(diff: DeployDiff): Draft[] {
  const alter = (from: string, to: string) => `ALTER TABLE ${quote(from)} RENAME TO ${quote(to)}`;
  const renames = renamedObjects(diff);
  return renameSteps(renames, temporaryName).map(({ from, to }): Draft => {
    return {
      kind: 'rename_table',
      changeId: `rename_object:${renames.get(from) ?? to}`,
      sql: alter(from, to),
      risk: 'safe',
      explanation: `Renames the table ${from} to ${to}.`,
      rollback: [plain(alter(to, from))],
    };
  });
}
