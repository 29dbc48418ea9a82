import type { Kysely } from 'kysely';
import { isPostgres, readCommitted } from './is-postgres.js';
import type { RegistryTables } from './registry-tables.js';

/*
 * SQLite commits one transaction at a time, and each commit waits for the disk. Writes that arrive while another transaction
 * is in progress are therefore run together in the next one. If any of them fails, the group is rolled back and each is run in a
 * transaction of its own, so that a write never fails because of another one. If the commit fails, all of them fail: whether it
 * took place may be unknown, and no write may run twice.
 */

type Database = Kysely<RegistryTables>;
type Write<Result> = (db: Database) => Promise<Result>;

interface Waiting {
  readonly run: (db: Database) => Promise<() => void>;
  readonly alone: () => Promise<void>;
  readonly fail: (error: unknown) => void;
}

const MOST_WRITES = 32;

/** Runs short writes in transactions that they share. */
export class GroupedWrites {
  readonly #db: Database;
  readonly #waiting: Waiting[] = [];
  #isDraining = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Resolves when the write is committed. */
  run<Result>(write: Write<Result>): Promise<Result> {
    // PostgreSQL commits concurrent transactions together itself, and a group would hold the locks of all its rows.
    if (isPostgres(this.#db)) return readCommitted(this.#db).execute(write);
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        run: async (db) => {
          const result = await write(db);
          return () => resolve(result);
        },
        alone: () => readCommitted(this.#db).execute(write).then(resolve, reject),
        fail: reject,
      });
      if (!this.#isDraining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, MOST_WRITES));
    this.#isDraining = false;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    if (group.length > 1) {
      let isCommitting = false;
      try {
        const settle = await readCommitted(this.#db).execute(async (transaction) => {
          const done: (() => void)[] = [];
          for (const { run } of group) done.push(await run(transaction));
          isCommitting = true;
          return done;
        });
        for (const one of settle) one();
        return;
      } catch (error) {
        if (isCommitting) {
          for (const { fail } of group) fail(error);
          return;
        }
        // Each reports its own error below.
      }
    }
    for (const { alone } of group) await alone();
  }
}
