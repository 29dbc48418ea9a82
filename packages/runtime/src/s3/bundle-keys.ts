/*
 * The key of a bundle is `<prefix>/<checksum>/<year>-<month>`. The month is that of a use: the first use in a month writes
 * another copy, and later ones find it. No process writes under the key of an earlier month, so removing a
 * bundle whose copies are all old enough cannot coincide with a use, which no request to S3 could otherwise exclude. The
 * clocks of processes differ by minutes at most, or the server refuses their signatures.
 */

/** More than the difference between the clocks of two processes. */
const CLOCK_SKEW_MS = 60 * 60 * 1_000;

/** A stored copy of a bundle. */
export interface BundleCopy {
  readonly key: string;
  readonly checksum: string;
  /** Time at which the last use that the copy stands for may have ended. */
  readonly usedUntil: number;
}

/** Start of the month that follows. */
function endOfMonth(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return Date.UTC(year, number);
}

export class BundleKeys {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Key of the copy for uses at this time. */
  keyAt(checksum: string, time: Date): string {
    return `${this.prefixOf(checksum)}${time.toISOString().slice(0, 7)}`;
  }

  /** Prefix of all keys, or of those of a bundle. */
  prefixOf(checksum?: string): string {
    return checksum === undefined ? `${this.#prefix}/` : `${this.#prefix}/${checksum}/`;
  }

  /** Sorts after every key of the bundle, and before those of the next one. */
  endOf(checksum: string): string {
    return `${this.prefixOf(checksum)}~`;
  }

  /** The copy under a key; undefined if the key is not one of this store. */
  copyOf(key: string): BundleCopy | undefined {
    const [, checksum = '', month = ''] =
      /^([0-9a-f]{64})\/(\d{4}-(?:0[1-9]|1[0-2]))$/.exec(key.slice(this.#prefix.length + 1)) ?? [];
    if (checksum === '' || !key.startsWith(this.prefixOf())) return undefined;
    return { key, checksum, usedUntil: endOfMonth(month) + CLOCK_SKEW_MS };
  }
}
