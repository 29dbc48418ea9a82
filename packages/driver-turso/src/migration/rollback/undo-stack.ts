import type { DeploymentEntry } from '@objectstack/spec/system';

/** What a history comes to: deployments in effect, and rollbacks that can be undone by redoing their deployments. */
export interface UndoStack<T> {
  /** In effect, oldest first; the last one is the one that a rollback undoes. */
  readonly undo: readonly T[];
  /** Rollbacks since the last deployment, oldest first; rolling the last one back redoes its deployment. */
  readonly redo: readonly T[];
}

type Entry = Pick<DeploymentEntry, 'id' | 'rollbackOf'>;

/**
 * Replays a history, oldest entry first, like the undo and redo of an editor: a deployment goes on top of `undo` and ends
 * what could be redone; its rollback moves from there to `redo`; the rollback of that rollback takes its place again.
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
