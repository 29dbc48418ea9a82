import { quote } from '../../../schema/quote.js';
import { type Draft, plain } from '../draft/draft.js';
import type { TablePlan } from '../table/table-plan.js';
import { renameSteps, temporaryName } from './rename-steps.js';

export function renameColumns({ after, columns }: TablePlan): Draft[] {
  const alter = (from: string, to: string) =>
    `ALTER TABLE ${quote(after.name)} RENAME COLUMN ${quote(from)} TO ${quote(to)}`;
  return renameSteps(columns, temporaryName).map(({ from, to }): Draft => {
    return {
      kind: 'rename_column',
      changeId: `rename_field:${after.name}.${columns.get(from) ?? to}`,
      sql: alter(from, to),
      risk: 'safe',
      explanation: `Renames the field ${from} of ${after.name} to ${to}.`,
      rollback: [plain(alter(to, from))],
    };
  });
}
