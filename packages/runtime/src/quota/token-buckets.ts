import type { Clock } from '../shared/clock.js';

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

const MINUTE_MS = 60_000;
const MOST_BUCKETS = 10_000;

/**
 * A bucket of tokens for each key. A request takes one; they come back evenly, as many in a minute as the bucket holds. The
 * bucket that was not used for the longest time is forgotten when there are too many; a new one is full.
 */
export class TokenBuckets {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a token. Also returns the usage before, and when the next token is there. */
  take(key: string, size: number): { isTaken: boolean; usage: number; nextAt: string } {
    const { tokens, at } = this.#current(key, size);
    const isTaken = tokens >= 1;
    const bucket = isTaken ? { tokens: tokens - 1, at } : { tokens, at };
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    this.#forget();
    const missing = size === 0 ? MINUTE_MS : ((1 - tokens) / size) * MINUTE_MS;
    return { isTaken, usage: size - Math.floor(tokens), nextAt: instant(at + Math.max(0, missing)) };
  }

  /** The usage, and when the bucket is full again. */
  look(key: string, size: number): { usage: number; fullAt: string } {
    const { tokens, at } = this.#current(key, size);
    const missing = size === 0 ? 0 : ((size - tokens) / size) * MINUTE_MS;
    return { usage: size - Math.floor(tokens), fullAt: instant(at + missing) };
  }

  /** A clock that was set back adds nothing once; a later request counts from the new time. */
  #current(key: string, size: number): Bucket {
    const now = this.#clock.now().getTime();
    const known = this.#buckets.get(key);
    if (!known) return { tokens: size, at: now };
    const gained = (Math.max(0, now - known.at) / MINUTE_MS) * size;
    return { tokens: Math.min(size, known.tokens + gained), at: now };
  }

  #forget(): void {
    if (this.#buckets.size <= MOST_BUCKETS) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}

const instant = (milliseconds: number) => new Date(Math.ceil(milliseconds)).toISOString();
