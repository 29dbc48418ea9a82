import type { SqlStatement } from '@objectstack/spec/contracts';
import type { NumberedField } from './numbered-field.js';

interface Block {
  taken: number;
  floor: number;
}

/** A reserved number: its position in the block and the minimum value of the counter before the block. */
export interface Place {
  readonly field: NumberedField;
  readonly taken: number;
  readonly floor: number;
}

/**
 * Reserves autonumbers for many records at once. The n-th record that takes a number from a counter gets
 * `n + max(last, floor)`: `last` is the value of the counter before the batch, read by the INSERT itself, and `floor`
 * follows from the explicit numbers of earlier records of the batch. The counters are advanced once, at the end of the
 * batch, which is one transaction.
 */
export class AutonumberReservation {
  readonly #blocks = new Map<string, Block>();

  #block(sequenceId: string): Block {
    const known = this.#blocks.get(sequenceId);
    if (known) return known;
    const made = { taken: 0, floor: 0 };
    this.#blocks.set(sequenceId, made);
    return made;
  }

  /** Applies an explicit number of a record: the following numbers are higher. */
  give(sequenceId: string, number: number): void {
    const block = this.#block(sequenceId);
    block.floor = Math.max(block.floor, number - block.taken);
  }

  take(field: NumberedField): Place {
    const block = this.#block(field.sequenceId);
    block.taken++;
    return { field, taken: block.taken, floor: block.floor };
  }

  advances(now: string): SqlStatement[] {
    return [...this.#blocks].map(([id, { taken, floor }]) => ({
      sql: `INSERT INTO _os_sequence (id, last_value, created_at, updated_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET last_value = ? + max(last_value, ?), updated_at = excluded.updated_at`,
      args: [id, taken + floor, now, now, taken, floor],
    }));
  }
}
