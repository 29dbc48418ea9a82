import { ObjectStackError } from '@objectstack/spec/shared';
import { type DeploymentEntry, deployedBundle } from '@objectstack/spec/system';

type History = readonly DeploymentEntry[];

/** Throws what would prevent one of the last steps, before the first one starts. */
function assertReachable(stack: History, place: number): void {
  const target = stack[place];
  const deploymentId = target?.id ?? '';
  if (!deployedBundle(stack.slice(0, place), target?.owner ?? ''))
    throw new ObjectStackError({
      code: 'not_latest',
      message:
        'The first deployment cannot be rolled back: there is no version before it. Deploy another bundle instead.',
      details: { deploymentId },
    });
  const expired = stack.slice(place).flatMap(({ id, isRetained }) => (isRetained ? [] : [id]));
  if (expired.length > 0)
    throw new ObjectStackError({
      code: 'undo_expired',
      message:
        'The retention window of a deployment to roll back has expired. Deploy an earlier bundle instead.',
      details: { deploymentId, expired },
    });
}

/** Whether a deployment was rolled back, and its rollback was not. */
export function isRolledBack(history: History, deploymentId: string): boolean {
  const target = history.find(({ id }) => id === deploymentId);
  const undoing = history.find(({ id }) => id === target?.rolledBackBy);
  return undoing !== undefined && !undoing.rolledBackBy;
}

/**
 * Deployments to roll back, one after the other, until the given one is rolled back; empty if it already is. A
 * deployment that is not in effect, or has later ones that are not included, is left to planning, which rejects it.
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
