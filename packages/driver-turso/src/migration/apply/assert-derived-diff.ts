import { ObjectStackError, type Steps } from '@objectstack/spec/shared';
import type { CurrentSchema, DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { sameJsonSteps } from '../../schema/same-json-steps.js';
import { diffSteps } from '../diff/diff.js';
import { addVerifiedHash, isVerifiedDiff, isVerifiedHash } from '../diff/verified-plans.js';
import { diffInputs } from '../rollback/diff-inputs.js';

function* rederivedDiff(plan: MigrationPlan, current: CurrentSchema): Steps<DeployDiff | null> {
  const { objects, options } = yield* diffInputs(plan.diff, current);
  try {
    return yield* diffSteps(current, objects, options);
  } catch {
    return null;
  }
}

/**
 * Throws `invalid_plan` if the diff of a plan does not follow from its base schema and its desired metadata. `current`
 * has the base schema hash of the plan, and the plan was verified by `verifyPlan`. A diff that this process did not derive is
 * derived again.
 */
export function* assertDerivedDiff(plan: MigrationPlan, current: CurrentSchema): Steps<void> {
  const { planHash } = plan;
  if (isVerifiedHash(planHash)) return;
  if (!isVerifiedDiff(plan.diff) && !(yield* sameJsonSteps(yield* rederivedDiff(plan, current), plan.diff)))
    throw new ObjectStackError({
      code: 'invalid_plan',
      message:
        'The diff of the plan does not follow from its base schema and its desired metadata. Create the plan again.',
    });
  addVerifiedHash(planHash);
}
