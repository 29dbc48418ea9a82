import type { RolloutTenantChange } from '@objectstack/spec/contracts';

export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly concurrency: number;
  /** Aborted when no further item may be started; those in progress end. */
  readonly signal: AbortSignal;
  readonly waitTurn: (signal: AbortSignal) => Promise<void>;
  readonly run: (item: Item) => Promise<RolloutTenantChange | null>;
  /** Whether another item may be started after what has happened so far. */
  readonly mayContinue: (changes: readonly RolloutTenantChange[]) => boolean;
}

/** Runs items with bounded concurrency, in order, and returns the changes of those that were started. */
export async function runBatch<Item>(batch: Batch<Item>): Promise<RolloutTenantChange[]> {
  const { items, concurrency, signal, waitTurn, run, mayContinue } = batch;
  const changes: RolloutTenantChange[] = [];
  let next = 0;
  const work = async () => {
    while (next < items.length && !signal.aborted && mayContinue(changes)) {
      await waitTurn(signal);
      const item = items[next++];
      if (item === undefined || signal.aborted) return;
      const change = await run(item);
      if (change) changes.push(change);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  return changes;
}
