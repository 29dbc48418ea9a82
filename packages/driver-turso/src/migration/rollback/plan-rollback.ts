import type { IDataDriver, PlanRollbackOptions } from '@objectstack/spec/contracts';
import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import {
  type CurrentSchema,
  type DeployDiff,
  type DeploymentEntry,
  deployedBundle,
  type MigrationPlan,
} from '@objectstack/spec/system';
import { readCurrentSchema } from '../../schema/read-current-schema.js';
import { diffSteps } from '../diff/diff.js';
import { generateSteps } from '../plan/generate-migrations.js';
import { type DeploymentStack, deploymentStackOf } from './deployment-stack.js';
import { readHistory } from './read-history.js';
import { readRollbackInformation } from './read-rollback-information.js';
import { changedSince, desiredBefore, rollbackSourceOf } from './rollback-information.js';

type Stack = DeploymentStack<DeploymentEntry>;

function notLatest(deploymentId: string | null, { inEffect }: Stack): ObjectStackError {
  const place = inEffect.findIndex(({ id }) => id === deploymentId);
  const later = place < 0 ? [] : inEffect.slice(place + 1).map(({ id }) => id);
  return new ObjectStackError({
    code: 'not_latest',
    message:
      'Only the latest deployment in effect, or the latest rollback, can be rolled back. Roll back later deployments first.',
    details: {
      ...(deploymentId && { deploymentId }),
      latest: inEffect.at(-1)?.id ?? null,
      ...(later.length > 0 && { later }),
    },
  });
}

/** The deployment to roll back. Throws `not_latest` if it cannot be rolled back. */
function targetIn(stack: Stack, deploymentId: string | undefined): DeploymentEntry {
  const tops = [stack.inEffect.at(-1), stack.redoable.at(-1)];
  const target =
    deploymentId === undefined ? tops[0] : tops.find((entry) => entry && entry.id === deploymentId);
  if (!target) throw notLatest(deploymentId ?? null, stack);
  return target;
}

/** The bundle that the same owner has deployed after the target is rolled back. */
function bundleAfter({ inEffect }: Stack, history: readonly DeploymentEntry[], target: DeploymentEntry) {
  const redone = history.find(({ id }) => id === target.rollbackOf);
  const left = target.isInEffect ? inEffect.slice(0, -1) : [...inEffect, ...(redone ? [redone] : [])];
  return deployedBundle(left, target.owner);
}

interface RollbackDiff {
  readonly diff: DeployDiff;
  readonly bundle?: { readonly checksum: string; readonly version: string };
}

/**
 * Derives the rollback of the latest deployment in effect, or of the latest rollback, from its information
 * information.
 */
export async function rollbackDiff(
  driver: IDataDriver,
  current: CurrentSchema,
  { deploymentId, signal }: PlanRollbackOptions = {},
): Promise<RollbackDiff> {
  const history = await readHistory(driver);
  const stack = deploymentStackOf(history);
  const target = targetIn(stack, deploymentId);
  if (history.at(-1)?.id !== current.deploymentId) throw notLatest(target.id, stack);
  const information = await readRollbackInformation(driver, target.id);
  const changed = changedSince(information, current);
  if (changed.length > 0)
    throw new ObjectStackError({
      code: 'schema_mismatch',
      message:
        'The metadata changed after the deployment, so the deployment cannot be rolled back. details.changed lists the changed items.',
      details: { deploymentId: target.id, changed },
    });
  const { objects, components } = desiredBefore(information, current);
  const rollback = rollbackSourceOf(information, target.id);
  const bundle = bundleAfter(stack, history, target);
  return {
    diff: await runStepsInTurns(
      diffSteps(current, objects, { owner: information.owner, components, rollback }),
      signal,
    ),
    ...(bundle && { bundle }),
  };
}

/** See {@link ISchemaDiffService.planRollback}. */
export async function planRollback(
  driver: IDataDriver,
  options: PlanRollbackOptions = {},
): Promise<MigrationPlan> {
  const { diff: changes, bundle } = await rollbackDiff(driver, await readCurrentSchema(driver), options);
  return runStepsInTurns(generateSteps(changes, 'sqlite', bundle ? { bundle } : {}), options.signal);
}
