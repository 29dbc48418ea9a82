import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import type { CurrentSchema, MigrationPlan } from '@objectstack/spec/system';
import { sameJsonSteps } from '../../schema/same-json-steps.js';
import { rollbackDiff } from './plan-rollback.js';

/**
 * Throws `invalid_plan`, `not_latest` or `undo_expired` if a rollback plan does not follow from the history: only the
 * rollback information of the latest deployment contains the previous definitions and the tables of retained values.
 */
export async function assertRollbackDiff(
  driver: IDataDriver,
  { diff }: MigrationPlan,
  { current, signal }: { current: CurrentSchema; signal?: AbortSignal | undefined },
): Promise<void> {
  if (!diff.restores) return;
  const { deploymentId } = diff.restores;
  const derived = await rollbackDiff(driver, current, { deploymentId, ...(signal && { signal }) });
  if (await runStepsInTurns(sameJsonSteps(derived.diff, diff), signal)) return;
  throw new ObjectStackError({
    code: 'invalid_plan',
    message: 'The plan is not the rollback of the latest deployment. Create it again with planRollback.',
    details: { deploymentId },
  });
}
