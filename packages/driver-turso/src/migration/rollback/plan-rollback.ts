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
    message: 'Only the latest deployment in effect, or the latest rollback, can be rolled back.',
    details: {
      ...(deploymentId && { deploymentId }),
      latest: undo.at(-1)?.id ?? null,
      ...(later.length > 0 && { later }),
    },
  });
}

/** The deployment to undo; or `not_latest`. */
function targetIn(stack: Stack, deploymentId: string | undefined): DeploymentEntry {
  const tops = [stack.undo.at(-1), stack.redo.at(-1)];
  const target =
    deploymentId === undefined ? tops[0] : tops.find((entry) => entry && entry.id === deploymentId);
  if (!target) throw notLatest(deploymentId ?? null, stack);
  return target;
}

/** What the same owner has deployed once the target is undone. */
function bundleAfter({ undo }: Stack, history: readonly DeploymentEntry[], target: DeploymentEntry) {
  const redone = history.find(({ id }) => id === target.rollbackOf);
  const left = target.isInEffect ? undo.slice(0, -1) : [...undo, ...(redone ? [redone] : [])];
  return deployedBundle(left, target.owner);
}

interface WayBack {
  readonly diff: DeployDiff;
  readonly bundle?: { readonly checksum: string; readonly version: string };
}

/** The way back from the deployment on top of the undo stack, or from the latest rollback, by what it left in the history. */
export async function wayBack(
  driver: IDataDriver,
  current: CurrentSchema,
  { deploymentId, signal }: PlanRollbackOptions = {},
): Promise<WayBack> {
  const history = await readHistory(driver);
  const stack = undoStackOf(history);
  const target = targetIn(stack, deploymentId);
  if (history.at(-1)?.id !== current.deploymentId) throw notLatest(target.id, stack);
  const undo = await readUndo(driver, target.id);
  const changed = changedSince(undo, current);
  if (changed.length > 0)
    throw new ObjectStackError({
      code: 'schema_mismatch',
      message: 'The metadata is not what the deployment made, so it cannot be rolled back.',
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
  const { diff: changes, bundle } = await wayBack(driver, await introspect(driver), options);
  return runStepsInTurns(generateSteps(changes, 'sqlite', bundle ? { bundle } : {}), options.signal);
}
