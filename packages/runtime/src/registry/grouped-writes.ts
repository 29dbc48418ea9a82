import type { Kysely } from 'kysely';
import { isPostgres, readCommitted } from './is-postgres.js';
import type { RegistryTables } from './registry-tables.js';

/*
 * SQLite commits one transaction at a time, and each commit waits for the disk. Writes that arrive in consecutive turns of the
 * event loop, or while another transaction is in progress, are therefore run together in the next one. If it fails, the group is rolled
 * back and each is run in a transaction of its own, so that a write never fails because of another one. If the commit fails, all
 * of them fail: whether it took place may be unknown, and no write may run twice.
 */

type Database = Kysely<RegistryTables>;

/** Runs writes in a transaction. Returns their results in the same order. */
export type RunWrites<Write, Result> = (db: Database, writes: readonly Write[]) => Promise<readonly Result[]>;

interface Waiting<Write, Result> {
  readonly write: Write;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_WRITES = 32;

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs short writes in transactions that they share. */
export class GroupedWrites<Write, Result> {
  readonly #db: Database;
  readonly #run: RunWrites<Write, Result>;
  readonly #waiting: Waiting<Write, Result>[] = [];
  #isDraining = false;

  constructor(db: Database, run: RunWrites<Write, Result>) {
    this.#db = db;
    this.#run = run;
  }

  /** Resolves when the write is committed. */
  run(write: Write): Promise<Result> {
    // PostgreSQL commits concurrent transactions together itself, and a group would hold the locks of all its rows.
    if (isPostgres(this.#db)) return this.#alone(write);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      if (!this.#isDraining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    for (await this.#others(); this.#waiting.length > 0; await this.#others())
      await this.#commit(this.#waiting.splice(0, MOST_WRITES));
    this.#isDraining = false;
  }

  /** Waits for a turn, and for another one as long as more writes arrive. */
  async #others(): Promise<void> {
    for (let arrived = -1; arrived < this.#waiting.length && this.#waiting.length < MOST_WRITES; ) {
      arrived = this.#waiting.length;
      await nextTurn();
    }
  }

  async #alone(write: Write): Promise<Result> {
    const [result] = await readCommitted(this.#db).execute((transaction) => this.#run(transaction, [write]));
    return result as Result;
  }

  async #commit(group: readonly Waiting<Write, Result>[]): Promise<void> {
    if (group.length > 1) {
      let isCommitting = false;
      try {
        const results = await readCommitted(this.#db).execute(async (transaction) => {
          const done = await this.#run(
            transaction,
            group.map(({ write }) => write),
          );
          isCommitting = true;
          return done;
        });
        for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
        return;
      } catch (error) {
        if (isCommitting) {
          for (const { reject } of group) reject(error);
          return;
        }
        // Each reports its own error below.
      }
    }
    for (const { write, resolve, reject } of group) await this.#alone(write).then(resolve, reject);
  }
}
