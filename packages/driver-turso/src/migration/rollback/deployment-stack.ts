import type { DeploymentEntry } from '@objectstack/spec/system';

/** Result of replaying a history: deployments in effect, and rollbacks whose deployments can be redone. */
export interface DeploymentStack<T> {
  /** Deployments in effect, oldest first. A rollback reverses the last one. */
  readonly inEffect: readonly T[];
  /** Rollbacks since the last deployment, oldest first. Rolling back the last one redoes its deployment. */
  readonly redoable: readonly T[];
}

type Entry = Pick<DeploymentEntry, 'id' | 'rollbackOf'>;

/**
 * Replays a history, oldest entry first: a deployment is pushed to `inEffect` and clears `redoable`; its rollback removes it
 * from `inEffect` and is pushed to `redoable`; the rollback of that rollback is moved back to `inEffect`.
 */
export function deploymentStackOf<T extends Entry>(history: readonly T[]): DeploymentStack<T> {
  const inEffect: T[] = [];
  let redoable: T[] = [];
  for (const entry of history) {
    if (entry.rollbackOf !== undefined && inEffect.at(-1)?.id === entry.rollbackOf) {
      inEffect.pop();
      redoable.push(entry);
    } else if (entry.rollbackOf !== undefined && redoable.at(-1)?.id === entry.rollbackOf) {
      redoable.pop();
      inEffect.push(entry);
    } else {
      inEffect.push(entry);
      redoable = [];
    }
  }
  return { inEffect, redoable };
}
