import type { DeployDiff } from '@objectstack/spec/system';
import { quote } from '../../../schema/quote.js';
import { renamedObjects } from '../../diff/renames/renamed-columns.js';
import { type Draft, plain } from '../draft/draft.js';
import type { TablePlan } from '../table/table-plan.js';
import { renameSteps, TEMPORARY } from './rename-steps.js';

const temporary = (index: number) => `${TEMPORARY}${index}`;

export function renameTables(diff: DeployDiff): Draft[] {
  const alter = (from: string, to: string) => `ALTER TABLE ${quote(from)} RENAME TO ${quote(to)}`;
  const renames = renamedObjects(diff);
  return renameSteps(renames, temporary).map(({ from, to }): Draft => {
    return {
      kind: 'rename_table',
      changeId: `rename_object:${renames.get(from) ?? to}`,
      sql: alter(from, to),
      risk: 'safe',
      explanation: `Calls the table ${from} ${to}.`,
      rollback: [plain(alter(to, from))],
    };
  });
}

export function renameColumns({ after, columns }: TablePlan): Draft[] {
  const alter = (from: string, to: string) =>
    `ALTER TABLE ${quote(after.name)} RENAME COLUMN ${quote(from)} TO ${quote(to)}`;
  return renameSteps(columns, temporary).map(({ from, to }): Draft => {
    return {
      kind: 'rename_column',
      changeId: `rename_field:${after.name}.${columns.get(from) ?? to}`,
      sql: alter(from, to),
      risk: 'safe',
      explanation: `Calls ${from} of ${after.name} ${to}.`,
      rollback: [plain(alter(to, from))],
    };
  });
}
