import { ObjectStackError, type Steps } from '@objectstack/spec/shared';
import type { CurrentSchema, DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { sameJsonSteps } from '../../schema/same-json-steps.js';
import { diffSteps } from '../diff/diff.js';
import { isProvenDiff, isProvenHash, proveHash } from '../diff/proofs.js';
import { desiredBy } from '../rollback/desired-by.js';

function* diffAgain(plan: MigrationPlan, current: CurrentSchema): Steps<DeployDiff | null> {
  const { objects, options } = yield* desiredBy(plan.diff, current);
  try {
    return yield* diffSteps(current, objects, options);
  } catch {
    return null;
  }
}

/**
 * Throws `invalid_plan` for a plan that leads elsewhere than it says. `current` has the hash of the plan's base, and the plan
 * was read; a diff that was not derived in this process is derived again.
 */
export function* assertMadeFor(plan: MigrationPlan, current: CurrentSchema): Steps<void> {
  const { planHash } = plan;
  if (isProvenHash(planHash)) return;
  if (!isProvenDiff(plan.diff) && !(yield* sameJsonSteps(yield* diffAgain(plan, current), plan.diff)))
    throw new ObjectStackError({
      code: 'invalid_plan',
      message: 'The plan is not what its desired metadata comes to.',
    });
  proveHash(planHash);
}
