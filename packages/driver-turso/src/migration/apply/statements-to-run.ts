import type { MigrationPlan, MigrationStatement } from '@objectstack/spec/system';

/** The statements of a plan without the assertions of approved changes. */
export function statementsToRun(
  { statements }: MigrationPlan,
  allow: readonly string[] = [],
): MigrationStatement[] {
  return statements.filter(({ kind, changeId }) => kind !== 'assert' || !allow.includes(changeId));
}
