import type { Period } from '../shared/clock.js';

/** A loaded value and the time for which it is used without loading it again. It starts before the load. */
export interface Loaded<Value> {
  readonly value: Value;
  readonly validity: Period;
}

/** A value that was loaded before: expired, or invalidated because it changed. */
export interface Known<Value> {
  readonly value: Value;
  readonly isInvalidated: boolean;
}

/** Loads a value; the known one can be used again. */
export type Load<Value> = (known: Known<Value> | undefined) => Promise<Loaded<Value>>;

interface Kept<Value> {
  readonly value: Value;
  /** `null` after an invalidation. */
  readonly validity: Period | null;
  readonly idle: Period | undefined;
}

interface Pending<Value> {
  readonly value: Promise<Value>;
  /** Whether an invalidation occurred while loading, so that the result may be outdated. */
  isOvertaken: boolean;
}

export interface LoadCacheOptions<Value> {
  /** Maximum number of values. */
  readonly size: number;
  /**
   * What happens to the callers that wait for a load when an invalidation overtakes it. `repeat`: they get a later value.
   * `return`: they get its result, which is at least as recent as their call, so that frequent invalidations of other
   * keys never delay them.
   */
  readonly overtaken: 'repeat' | 'return';
  /** The period for which a value that is not loaded again is kept. Absent: without limit. */
  readonly idle?: (() => Period) | undefined;
  /** Called with every value that the cache no longer contains, and the one that replaces it, if any. */
  readonly discard?: (value: Value, next: Value | undefined) => void;
}

/**
 * Bounded cache of values that are loaded once for concurrent callers. The result of a load that an invalidation overtakes
 * is not kept, nor is a failed load.
 */
export class LoadCache<Value> {
  readonly #options: LoadCacheOptions<Value>;
  /** Least recently loaded first. */
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #pending = new Map<string, Pending<Value>>();

  constructor(options: LoadCacheOptions<Value>) {
    this.#options = options;
  }

  /** The value if it is valid. */
  fresh(key: string): Value | undefined {
    const kept = this.#kept.get(key);
    return kept?.validity && !kept.validity.hasPassed ? kept.value : undefined;
  }

  async get(key: string, load: Load<Value>): Promise<Value> {
    for (;;) {
      const fresh = this.fresh(key);
      if (fresh !== undefined) return fresh;
      const pending = this.#pending.get(key) ?? this.#start(key, load);
      const value = await pending.value;
      if (!pending.isOvertaken || this.#options.overtaken === 'return') return value;
    }
  }

  /** The value that the cache contains, also if it has expired, unless it was invalidated. */
  kept(key: string): Value | undefined {
    const kept = this.#kept.get(key);
    return kept?.validity ? kept.value : undefined;
  }

  invalidate(key: string): void {
    const pending = this.#pending.get(key);
    if (pending) pending.isOvertaken = true;
    this.#pending.delete(key);
    const kept = this.#kept.get(key);
    if (kept) this.#kept.set(key, { ...kept, validity: null });
  }

  clear(): void {
    for (const key of [...this.#pending.keys()]) this.invalidate(key);
    for (const key of [...this.#kept.keys()]) this.#remove(key);
  }

  #start(key: string, load: Load<Value>): Pending<Value> {
    const kept = this.#kept.get(key);
    const known = kept && { value: kept.value, isInvalidated: kept.validity === null };
    const value = load(known).then(
      (loaded) => {
        if (pending.isOvertaken) this.#discard(loaded.value, this.#kept.get(key)?.value);
        else this.#keep(key, loaded);
        return loaded.value;
      },
      (error: unknown) => {
        if (!pending.isOvertaken) this.#fail(key);
        throw error;
      },
    );
    const pending: Pending<Value> = { value, isOvertaken: false };
    this.#pending.set(key, pending);
    return pending;
  }

  #keep(key: string, loaded: Loaded<Value>): void {
    this.#pending.delete(key);
    const previous = this.#kept.get(key);
    this.#kept.delete(key);
    this.#kept.set(key, { ...loaded, idle: this.#options.idle?.() });
    if (previous) this.#discard(previous.value, loaded.value);
    this.#evict();
  }

  /** A value that is being loaded again stays, because the load may return it. */
  #evict(): void {
    let surplus = this.#kept.size - this.#options.size;
    for (const [key, { idle }] of this.#kept) {
      if (surplus <= 0 && !idle?.hasPassed) return;
      if (this.#pending.has(key)) continue;
      this.#remove(key);
      surplus--;
    }
  }

  #fail(key: string): void {
    this.#pending.delete(key);
    this.#remove(key);
  }

  #remove(key: string): void {
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    if (kept) this.#discard(kept.value, undefined);
  }

  #discard(value: Value, next: Value | undefined): void {
    this.#options.discard?.(value, next);
  }
}
