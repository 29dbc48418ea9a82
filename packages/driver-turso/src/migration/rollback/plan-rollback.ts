import type { IDataDriver, PlanRollbackOptions } from '@objectstack/spec/contracts';
import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import {
  type CurrentSchema,
  type DeployDiff,
  type DeploymentEntry,
  deployedBundle,
  type MigrationPlan,
} from '@objectstack/spec/system';
import { introspect } from '../../schema/introspect.js';
import { diffSteps } from '../diff/diff.js';
import { generateSteps } from '../plan/generate-migrations.js';
import { readHistory } from './read-history.js';
import { readUndo } from './read-undo.js';
import { changedSince, desiredBefore, rollbackSourceOf } from './undo.js';
import { type UndoStack, undoStackOf } from './undo-stack.js';

type Stack = UndoStack<DeploymentEntry>;

function notLatest(deploymentId: string | null, { undo }: Stack): ObjectStackError {
  const place = undo.findIndex(({ id }) => id === deploymentId);
  const later = place < 0 ? [] : undo.slice(place + 1).map(({ id }) => id);
  return new ObjectStackError({
    code: 'not_latest',
    message:
      'Only the latest deployment in effect, or the latest rollback, can be rolled back. Roll back later deployments first.',
    details: {
      ...(deploymentId && { deploymentId }),
      latest: undo.at(-1)?.id ?? null,
      ...(later.length > 0 && { later }),
    },
  });
}

/** The deployment to roll back. Throws `not_latest` if it cannot be rolled back. */
function targetIn(stack: Stack, deploymentId: string | undefined): DeploymentEntry {
  const tops = [stack.undo.at(-1), stack.redo.at(-1)];
  const target =
    deploymentId === undefined ? tops[0] : tops.find((entry) => entry && entry.id === deploymentId);
  if (!target) throw notLatest(deploymentId ?? null, stack);
  return target;
}

/** The bundle that the same owner has deployed after the target is rolled back. */
function bundleAfter({ undo }: Stack, history: readonly DeploymentEntry[], target: DeploymentEntry) {
  const redone = history.find(({ id }) => id === target.rollbackOf);
  const left = target.isInEffect ? undo.slice(0, -1) : [...undo, ...(redone ? [redone] : [])];
  return deployedBundle(left, target.owner);
}

interface RollbackDiff {
  readonly diff: DeployDiff;
  readonly bundle?: { readonly checksum: string; readonly version: string };
}

/**
 * Derives the rollback of the deployment on top of the undo stack, or of the latest rollback, from its undo
 * information.
 */
export async function rollbackDiff(
  driver: IDataDriver,
  current: CurrentSchema,
  { deploymentId, signal }: PlanRollbackOptions = {},
): Promise<RollbackDiff> {
  const history = await readHistory(driver);
  const stack = undoStackOf(history);
  const target = targetIn(stack, deploymentId);
  if (history.at(-1)?.id !== current.deploymentId) throw notLatest(target.id, stack);
  const undo = await readUndo(driver, target.id);
  const changed = changedSince(undo, current);
  if (changed.length > 0)
    throw new ObjectStackError({
      code: 'schema_mismatch',
      message:
        'The metadata changed after the deployment, so the deployment cannot be rolled back. details.changed lists the changed items.',
      details: { deploymentId: target.id, changed },
    });
  const { objects, components } = desiredBefore(undo, current);
  const rollback = rollbackSourceOf(undo, target.id);
  const bundle = bundleAfter(stack, history, target);
  return {
    diff: await runStepsInTurns(
      diffSteps(current, objects, { owner: undo.owner, components, rollback }),
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
  const { diff: changes, bundle } = await rollbackDiff(driver, await introspect(driver), options);
  return runStepsInTurns(generateSteps(changes, 'sqlite', bundle ? { bundle } : {}), options.signal);
}
