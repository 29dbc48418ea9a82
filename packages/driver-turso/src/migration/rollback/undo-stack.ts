import type { DeploymentEntry } from '@objectstack/spec/system';

/** Result of replaying a history: deployments in effect, and rollbacks whose deployments can be redone. */
export interface UndoStack<T> {
  /** Deployments in effect, oldest first. A rollback undoes the last one. */
  readonly undo: readonly T[];
  /** Rollbacks since the last deployment, oldest first. Rolling back the last one redoes its deployment. */
  readonly redo: readonly T[];
}

type Entry = Pick<DeploymentEntry, 'id' | 'rollbackOf'>;

/**
 * Replays a history, oldest entry first, like undo and redo in an editor: a deployment is pushed to `undo` and clears
 * `redo`; its rollback removes it from `undo` and is pushed to `redo`; the rollback of that rollback is moved back to
 * `undo`.
 */
export function undoStackOf<T extends Entry>(history: readonly T[]): UndoStack<T> {
  const undo: T[] = [];
  let redo: T[] = [];
  for (const entry of history) {
    if (entry.rollbackOf !== undefined && undo.at(-1)?.id === entry.rollbackOf) {
      undo.pop();
      redo.push(entry);
    } else if (entry.rollbackOf !== undefined && redo.at(-1)?.id === entry.rollbackOf) {
      redo.pop();
      undo.push(entry);
    } else {
      undo.push(entry);
      redo = [];
    }
  }
  return { undo, redo };
}
