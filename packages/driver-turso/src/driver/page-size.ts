import type { DataRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/**
 * Text that a page should have: a tenth of what a server answers with at once (sqld: 10 MB), because characters may take
 * several bytes and the next records may be larger than the last ones.
 */
const CHARACTERS = 1_000_000;
/** A page may grow this much at once. */
const MOST_GROWTH = 4;

const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' && value !== null ? JSON.stringify(value).length : 8;
};

/** How many records to ask for at once, by the size of those that have come. */
export class PageSize {
  #size: number;
  readonly #most: number;

  constructor({ first, most }: { first: number; most: number }) {
    this.#size = first;
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  /** Learns from a page that has come. */
  fit(records: readonly DataRecord[]): void {
    if (records.length === 0) return;
    const characters = records.reduce(
      (sum, record) => Object.values(record).reduce<number>((size, value) => size + sizeOf(value), sum),
      0,
    );
    const fitting = Math.floor((CHARACTERS * records.length) / Math.max(1, characters));
    this.#size = Math.max(1, Math.min(fitting, this.#most, this.#size * MOST_GROWTH));
  }

  /**
   * Halves the page after an error that says that an answer of `asked` records was too large. Throws any other error, and
   * `response_too_large` where a single record is too large.
   */
  shrink(error: unknown, asked: number, object: string): void {
    if (!ObjectStackError.isInstance(error, 'response_too_large')) throw error;
    if (asked > 1) {
      this.#size = Math.ceil(asked / 2);
      return;
    }
    throw new ObjectStackError({
      code: 'response_too_large',
      message: `One record of ${object} is larger than the server sends at once; ask for fewer of its fields.`,
      details: { ...error.details, object },
    });
  }
}
