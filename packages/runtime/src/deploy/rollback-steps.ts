import { ObjectStackError } from '@objectstack/spec/shared';
import { type DeploymentEntry, deployedBundle } from '@objectstack/spec/system';

type History = readonly DeploymentEntry[];

/** Throws what would stop the last steps of several, so that none of them begins. */
function assertReachable(stack: History, place: number): void {
  const target = stack[place];
  const deploymentId = target?.id ?? '';
  if (!deployedBundle(stack.slice(0, place), target?.owner ?? ''))
    throw new ObjectStackError({
      code: 'not_latest',
      message: 'There is no version before the first deployment.',
      details: { deploymentId },
    });
  const expired = stack.slice(place).flatMap(({ id, isRetained }) => (isRetained ? [] : [id]));
  if (expired.length > 0)
    throw new ObjectStackError({
      code: 'undo_expired',
      message: 'The data that a deployment removed is no longer retained.',
      details: { deploymentId, expired },
    });
}

/** Whether a deployment was rolled back, and its rollback not in its turn. */
export function isRolledBack(history: History, deploymentId: string): boolean {
  const target = history.find(({ id }) => id === deploymentId);
  const undoing = history.find(({ id }) => id === target?.rolledBackBy);
  return undoing !== undefined && !undoing.rolledBackBy;
}

/**
 * Deployments to roll back, one after the other, until one is undone; none where that was done. What is not on the undo
 * stack, or has others above it that are not included, is left for the planning to judge.
 */
export function rollbackSteps(history: History, deploymentId: string, includeLater: boolean): string[] {
  if (isRolledBack(history, deploymentId)) return [];
  const stack = history.filter((entry) => entry.isInEffect);
  const place = stack.findIndex(({ id }) => id === deploymentId);
  if (place < 0 || !includeLater) return [deploymentId];
  if (place < stack.length - 1) assertReachable(stack, place);
  return stack
    .slice(place)
    .map(({ id }) => id)
    .reverse();
}
