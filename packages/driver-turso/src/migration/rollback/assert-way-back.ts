import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import type { CurrentSchema, MigrationPlan } from '@objectstack/spec/system';
import { sameJsonSteps } from '../../schema/same-json-steps.js';
import { wayBack } from './plan-rollback.js';

/**
 * Throws `invalid_plan` for a way back that is not the one that the history knows, and `not_latest` and `undo_expired`:
 * only what the latest deployment left there says where things were, and where their values are kept.
 */
export async function assertWayBack(
  driver: IDataDriver,
  { diff }: MigrationPlan,
  { current, signal }: { current: CurrentSchema; signal?: AbortSignal | undefined },
): Promise<void> {
  if (!diff.restores) return;
  const { deploymentId } = diff.restores;
  const made = await wayBack(driver, current, { deploymentId, ...(signal && { signal }) });
  if (await runStepsInTurns(sameJsonSteps(made.diff, diff), signal)) return;
  throw new ObjectStackError({
    code: 'invalid_plan',
    message: 'The plan is not the way back from the latest deployment.',
    details: { deploymentId },
  });
}
