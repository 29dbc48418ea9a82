/*
 * A read by id costs more for the statement than for its row. Reads that are asked for while another one is in progress are
 * therefore done by one statement when it has ended; a single read is done at once. Each sees what was committed before it was
 * asked for.
 */

interface Waiting<Row> {
  readonly key: string;
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_KEYS = 100;

/** Reads rows by their keys, of which concurrent ones share a statement. */
export class GroupedReads<Row> {
  readonly #read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>;
  readonly #waiting: Waiting<Row>[] = [];
  #isReading = false;

  constructor(read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>) {
    this.#read = read;
  }

  /** The row of the key; undefined if there is none. Callers may get the same row. */
  get(key: string): Promise<Row | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      if (!this.#isReading) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isReading = true;
    while (this.#waiting.length > 0) await this.#readTogether(this.#waiting.splice(0, MOST_KEYS));
    this.#isReading = false;
  }

  async #readTogether(group: readonly Waiting<Row>[]): Promise<void> {
    try {
      const rows = await this.#read([...new Set(group.map(({ key }) => key))]);
      for (const { key, resolve } of group) resolve(rows.get(key));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
