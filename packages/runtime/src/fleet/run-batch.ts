import type { RolloutTenantChange } from '@objectstack/spec/contracts';

/*
 * At most `concurrency` databases are changed at the same time. The record of an item that succeeded is written while the next
 * item starts, so that a registry which groups writes commits the end of the one with the start of the other.
 */

export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly concurrency: number;
  /** Aborted when no further item may be started; those in progress end. */
  readonly signal: AbortSignal;
  readonly waitTurn: (signal: AbortSignal) => Promise<void>;
  /** May call `onApplied` when the item succeeded and only its record is left to write: then the next item may start. */
  readonly run: (item: Item, onApplied: () => void) => Promise<RolloutTenantChange | null>;
  /** Whether another item may be started after what has happened so far. */
  readonly mayContinue: (changes: readonly RolloutTenantChange[]) => boolean;
}

/** Runs items with bounded concurrency, in order, and returns the changes of those that were started. */
export async function runBatch<Item>(batch: Batch<Item>): Promise<RolloutTenantChange[]> {
  const { items, concurrency, signal, waitTurn, run, mayContinue } = batch;
  const changes: RolloutTenantChange[] = [];
  let next = 0;
  const work = async () => {
    let recording: Promise<void> | undefined;
    while (next < items.length && !signal.aborted && mayContinue(changes)) {
      await waitTurn(signal);
      const item = items[next++];
      if (item === undefined || signal.aborted) break;
      const previous = recording;
      const applied = new Promise<void>((resolve, reject) => {
        recording = run(item, resolve).then((change) => {
          if (change) changes.push(change);
          resolve();
        });
        recording.catch(reject);
      });
      await Promise.all([previous, applied]);
    }
    await recording;
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  return changes;
}
