/** The database of an item must not be changed any more: too many others have failed, or the batch was aborted. */
export class SlotRefused extends Error {}

/** Right of one item to change its database, together with a limited number of others. */
export interface Slot {
  /** Waits for the slot. Rejects with {@link SlotRefused}. Resolves at once if the item has it. */
  enter(): Promise<void>;
  /** Gives the slot to the next item. Idempotent. */
  leave(): void;
}

/** Slots that items get in the order in which they ask for them. */
export class BatchSlots {
  readonly #waiting: (() => void)[] = [];
  readonly #mayEnter: () => boolean;
  #free: number;

  constructor(slots: number, mayEnter: () => boolean) {
    this.#free = slots;
    this.#mayEnter = mayEnter;
  }

  /** A slot for one item. `onLeft` is called once. */
  slot(onLeft: () => void): Slot {
    let entering: Promise<void> | undefined;
    let state: 'outside' | 'inside' | 'left' = 'outside';
    const enter = async () => {
      await this.#take();
      if (!this.#mayEnter()) {
        this.#giveBack();
        throw new SlotRefused();
      }
      state = 'inside';
    };
    return {
      enter() {
        entering ??= enter();
        return entering;
      },
      leave: () => {
        if (state === 'left') return;
        if (state === 'inside') this.#giveBack();
        state = 'left';
        onLeft();
      },
    };
  }

  async #take(): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}
