import { createHash } from 'node:crypto';
import type { IBundleStore } from '@objectstack/spec/contracts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A store may record a use up to 32 days later than it was. */
const LONG_MS = 100 * DAY_MS;
const PRECISION_MS = 33 * DAY_MS;

/** Source of time that stands still until a check moves it. */
export class SuiteClock {
  #now = Date.parse('2026-01-31T12:00:00.000Z');

  now(): Date {
    return new Date(this.#now);
  }

  passLongTime(): void {
    this.#now += LONG_MS;
  }
}

export interface BundleStoreSubject {
  /** A store without bundles. */
  readonly store: IBundleStore;
  /** Creates another store on the same bundles, as another process does. */
  readonly open: () => Promise<IBundleStore>;
  /** Replaces the stored bytes of a bundle without the store, as a faulty disk does. */
  readonly damage: (checksum: string, bytes: Uint8Array) => Promise<void>;
  /** Removes everything that was stored. */
  readonly destroy?: () => Promise<void>;
}

export const checksumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a check works with: a store without bundles, and the clock that it uses. */
export class BundleStoreTrial {
  readonly store: IBundleStore;
  readonly another: () => Promise<IBundleStore>;
  readonly damage: BundleStoreSubject['damage'];
  readonly #clock: SuiteClock;

  constructor({ store, open, damage }: BundleStoreSubject, clock: SuiteClock) {
    this.store = store;
    this.another = open;
    this.damage = damage;
    this.#clock = clock;
  }

  /** The store several times: processes that share the bundles. */
  async processes(count: number): Promise<IBundleStore[]> {
    const stores = [this.store];
    while (stores.length < count) stores.push(await this.another());
    return stores;
  }

  /** Everything so far was not used since the timestamp that it returns; whatever is used from now on is. */
  passLongTime(): string {
    this.#clock.passLongTime();
    return new Date(this.#clock.now().getTime() - PRECISION_MS).toISOString();
  }

  /** The unused bundles of all pages. */
  async unused(usedBefore: string): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | undefined;
    for (;;) {
      const page = await this.store.listUnused(usedBefore, { cursor });
      found.push(...page.checksums);
      if (page.nextCursor === null) return found.sort();
      cursor = page.nextCursor;
    }
  }
}
