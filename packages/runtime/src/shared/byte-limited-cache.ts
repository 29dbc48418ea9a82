interface Entry<V> {
  readonly value: V;
  readonly bytes: number;
}

/** Cache with a limit of the total size. The oldest values are evicted first. */
export class ByteLimitedCache<V> {
  readonly #entries = new Map<string, Entry<V>>();
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Does not store a value above the limit. */
  set(key: string, value: V, bytes: number): void {
    this.#delete(key);
    if (bytes > this.maxBytes) return;
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.maxBytes) return;
      this.#delete(oldest);
    }
  }

  #delete(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}
