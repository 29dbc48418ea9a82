import type { DataRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/**
 * Target size of a page in characters: a tenth of the response limit of a server (sqld: 10 MB), because a character may
 * take several bytes and the next records may be larger than the last ones.
 */
const CHARACTERS = 1_000_000;
/** Maximum growth factor from one page to the next. */
const MOST_GROWTH = 4;

const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' && value !== null ? JSON.stringify(value).length : 8;
};

/** Adapts the number of records per page to the size of the previous records. */
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

  /** Adapts to the size of a page that was read. */
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
   * Halves the page if the error reports that a response of `asked` records was too large. Throws any other error, and
   * `response_too_large` if a single record is too large.
   */
  shrink(error: unknown, asked: number, object: string): void {
    if (!ObjectStackError.isInstance(error, 'response_too_large')) throw error;
    if (asked > 1) {
      this.#size = Math.ceil(asked / 2);
      return;
    }
    throw new ObjectStackError({
      code: 'response_too_large',
      message: `A single record of ${object} exceeds the response limit of the server. Request fewer of its fields.`,
      details: { ...error.details, object },
    });
  }
}
