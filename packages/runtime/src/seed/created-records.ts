import type { DataRecord } from '@objectstack/spec/contracts';
import type { RunSql } from './run-sql.js';
import { type CreatedRecord, noteAllRecords, noteCreated } from './seed-records.js';

const keyOf = (object: string, id: string) => `${object}/${id}`;

/**
 * The records that the seeds of a chunk created. They are noted together, at the end of the chunk, or before something of the
 * same transaction reads which records seeds created. Of an object that had no records before, seeds created all of them, so
 * that they are noted without being listed.
 */
export class CreatedRecords {
  readonly #sql: RunSql;
  readonly #deployment: string;
  /** Objects that had no records, and of which none are noted yet. */
  readonly #empty: Set<string>;
  readonly #filled = new Set<string>();
  /** To be listed, by object and id. */
  readonly #records = new Map<string, CreatedRecord>();

  constructor(sql: RunSql, { deployment, empty }: { deployment: string; empty: ReadonlySet<string> }) {
    this.#sql = sql;
    this.#deployment = deployment;
    this.#empty = new Set(empty);
  }

  /** Must be called for each record before another statement of the transaction is about records that seeds created. */
  add(object: string, { id, created_at, updated_at }: DataRecord): void {
    if (this.#empty.has(object)) this.#filled.add(object);
    else
      this.#records.set(keyOf(object, id), {
        object,
        record: id,
        createdAt: String(created_at),
        writtenAt: String(updated_at ?? ''),
      });
  }

  /** Notes them if the record may be one of them. */
  async noteBefore(object: string, id: string): Promise<void> {
    if (this.#filled.has(object) || this.#records.has(keyOf(object, id))) await this.note();
  }

  async note(): Promise<void> {
    const [records, objects] = [[...this.#records.values()], [...this.#filled]];
    this.#records.clear();
    this.#filled.clear();
    for (const object of objects) this.#empty.delete(object);
    await noteAllRecords(this.#sql, this.#deployment, objects);
    await noteCreated(this.#sql, this.#deployment, records);
  }
}
