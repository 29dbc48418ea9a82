import type { MigrationPlan, MigrationStatement } from '@objectstack/spec/system';

/** The statements of a plan; what would stop it because of an allowed change does not run. */
export function statementsToRun(
  { statements }: MigrationPlan,
  allow: readonly string[] = [],
): MigrationStatement[] {
  return statements.filter(({ kind, changeId }) => kind !== 'assert' || !allow.includes(changeId));
}
