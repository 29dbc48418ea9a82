import type { RolloutTenantChange } from '@objectstack/spec/contracts';
import { BatchSlots, type Slot, SlotRefused } from './batch-slots.js';

/*
 * At most `concurrency` databases are changed at the same time. What precedes the change of an item and what follows it are
 * writes to the registry, which have to wait for the disk. Therefore more items are under way: some are prepared, several at
 * once so that their records are written together, while the databases of others are changed.
 */

export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly concurrency: number;
  /** Aborted when no further database may be changed; changes in progress end. */
  readonly signal: AbortSignal;
  /** Limits the rate at which changes are started. Absent: only `concurrency` does. */
  readonly waitTurn?: ((signal: AbortSignal) => Promise<void>) | undefined;
  /**
   * Enters the slot before it changes the database of the item, and may reject like it. May leave it when the change succeeded and
   * only its record is left to write.
   */
  readonly run: (item: Item, slot: Slot) => Promise<RolloutTenantChange | null>;
  /** Whether another database may be changed after what has happened so far. */
  readonly mayContinue: (changes: readonly RolloutTenantChange[]) => boolean;
}

/** With fewer slots, an item is prepared when it can enter: the failure of one is to stop the next one before any effect. */
const FEWEST_SLOTS_TO_PREPARE = 4;

/** How many items are prepared. None at a limited rate: items that wait for their slots could be changed at once when several slots become free. */
export const preparedItems = ({ concurrency, waitTurn }: Pick<Batch<unknown>, 'concurrency' | 'waitTurn'>) =>
  waitTurn || concurrency < FEWEST_SLOTS_TO_PREPARE ? 0 : concurrency;

/**
 * Admits items: as soon as few are prepared, as many as fit. The failure of an item whose change succeeded shows when its record is
 * written, so the number of those that have not ended is limited too.
 */
class Admission {
  readonly #mostUnderWay: number;
  readonly #few: number;
  readonly #mostOpen: number;
  #underWay = 0;
  #open = 0;
  #isFilling = true;
  #wake: () => void = () => {};

  constructor(concurrency: number, prepared: number) {
    this.#mostUnderWay = concurrency + prepared;
    this.#few = prepared === 0 ? concurrency - 1 : concurrency + Math.floor(prepared / 4);
    this.#mostOpen = this.#mostUnderWay + prepared;
  }

  async enter(): Promise<void> {
    if (this.#underWay >= this.#mostUnderWay) this.#isFilling = false;
    while (!this.#isFilling || this.#open >= this.#mostOpen)
      await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#underWay++;
    this.#open++;
  }

  /** The item has left its slot. */
  leave(): void {
    this.#underWay--;
    if (this.#underWay > this.#few) return;
    this.#isFilling = true;
    this.#wake();
  }

  /** The item has ended. */
  end(): void {
    this.#open--;
    this.#wake();
  }
}

/** Runs items with bounded concurrency, in order, and returns the changes of those that were started. */
export async function runBatch<Item>(batch: Batch<Item>): Promise<RolloutTenantChange[]> {
  const { items, concurrency, signal, waitTurn, run, mayContinue } = batch;
  const changes: RolloutTenantChange[] = [];
  let hasFailed = false;
  const mayStart = () => !signal.aborted && !hasFailed && mayContinue(changes);
  const slots = new BatchSlots(concurrency, mayStart);
  const admission = new Admission(concurrency, preparedItems(batch));
  const running: Promise<void>[] = [];
  const start = async (item: Item) => {
    const slot = slots.slot(() => admission.leave());
    try {
      const change = await run(item, slot);
      if (change) changes.push(change);
    } catch (error) {
      if (error instanceof SlotRefused) return;
      hasFailed = true;
      throw error;
    } finally {
      slot.leave();
      admission.end();
    }
  };
  for (const item of items) {
    await admission.enter();
    if (!mayStart()) break;
    await waitTurn?.(signal);
    if (!mayStart()) break;
    const started = start(item);
    started.catch(() => undefined);
    running.push(started);
  }
  await Promise.all(running);
  return changes;
}
