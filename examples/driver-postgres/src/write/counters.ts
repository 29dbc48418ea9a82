import type { Connection } from '../connection/connection.js';
import { sql } from '../connection/sql.js';

interface Counter {
  readonly field: string;
  readonly scope: string;
  value: number;
}

/**
 * Counters of the autonumbers of one object. A counter is a row, which is locked from its first use until the transaction
 * ends: a number of a write that is rolled back is assigned to the next one, and there are no gaps.
 */
export class Counters {
  readonly #connection: Connection;
  readonly #object: string;
  readonly #counters = new Map<string, Counter>();

  constructor(connection: Connection, object: string) {
    this.#connection = connection;
    this.#object = object;
  }

  async next(field: string, scope: string): Promise<number> {
    const counter = await this.#counter(field, scope);
    return ++counter.value;
  }

  /** Continues after a number that was set, if it is greater. */
  async advance(field: string, scope: string, number: number): Promise<void> {
    const counter = await this.#counter(field, scope);
    counter.value = Math.max(counter.value, number);
  }

  async save(): Promise<void> {
    for (const { field, scope, value } of this.#counters.values())
      await this.#connection.query(sql`UPDATE "_os_counter" SET "value" = ${value}::bigint
        WHERE "object" = ${this.#object} AND "field" = ${field} AND "scope" = ${scope}`);
  }

  async #counter(field: string, scope: string): Promise<Counter> {
    const key = JSON.stringify([field, scope]);
    const known = this.#counters.get(key);
    if (known) return known;
    const { rows } = await this.#connection.query(sql`
      INSERT INTO "_os_counter" AS "c" ("object", "field", "scope", "value")
      VALUES (${this.#object}, ${field}, ${scope}, 0)
      ON CONFLICT ("object", "field", "scope") DO UPDATE SET "value" = "c"."value" RETURNING "value"`);
    const counter = { field, scope, value: Number(rows[0]?.value) };
    this.#counters.set(key, counter);
    return counter;
  }
}
