import { throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
import type pg from 'pg';
import type { Connection } from '../connection/connection.js';
import type { Pools } from '../connection/pools.js';
import type { Work } from '../connection/run-call.js';
import type { Schema } from '../schema/schema.js';

export interface OpenTransactionOptions {
  readonly pools: Pools;
  readonly client: pg.PoolClient;
  /** Metadata at the start of the transaction. */
  readonly schema: Schema;
  readonly connection: Connection;
  readonly idleMs: number;
  readonly onEnd: (transaction: OpenTransaction) => void;
}

const CALL = 'os_call';

/** A transaction of PostgreSQL that is open for several calls, which run one after the other. */
export class OpenTransaction {
  readonly #options: OpenTransactionOptions;
  /** Resolves when all calls so far have ended. */
  #last: Promise<unknown> = Promise.resolve();
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  isExpired = false;
  hasEnded = false;

  constructor(options: OpenTransactionOptions) {
    this.#options = options;
    this.#whenIdle();
  }

  /**
   * Runs a call behind the previous ones. After an error, PostgreSQL would reject all further statements; the savepoint
   * undoes only the call.
   */
  run<T>(signal: AbortSignal | undefined, work: Work<T>): Promise<T> {
    const { connection, schema, pools, client } = this.#options;
    let canceling: Promise<void> | undefined;
    let isRunning = false;
    const whenAborted = () => {
      if (isRunning) canceling = pools.cancel(client);
    };
    const guarded = async () => {
      throwIfAborted(signal);
      isRunning = true;
      await connection.script(`SAVEPOINT ${CALL}`);
      try {
        const result = await work(connection, schema).finally(() => {
          isRunning = false;
        });
        throwIfAborted(signal);
        return result;
      } catch (error) {
        await canceling;
        await connection.script(`ROLLBACK TO SAVEPOINT ${CALL}`);
        throw error;
      } finally {
        await canceling;
        await connection.script(`RELEASE SAVEPOINT ${CALL}`);
      }
    };
    const result = this.#enqueue(guarded);
    signal?.addEventListener('abort', whenAborted, { once: true });
    const removed = () => signal?.removeEventListener('abort', whenAborted);
    result.then(removed, removed);
    return unlessAborted(result, signal);
  }

  /** Runs statements of the transaction itself, such as those of a nested one. */
  control(statements: string): Promise<unknown> {
    return this.#enqueue(() => this.#options.connection.script(statements));
  }

  commit(): Promise<void> {
    return this.#end('COMMIT');
  }

  async rollback(): Promise<void> {
    await this.#end('ROLLBACK').catch(() => undefined);
  }

  async #end(statement: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    this.hasEnded = true;
    const { client, connection, onEnd } = this.#options;
    onEnd(this);
    try {
      await this.control(statement);
    } catch (error) {
      connection.closeAtEnd();
      throw error;
    } finally {
      clearTimeout(this.#timer);
      client.release(connection.mustClose);
    }
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    this.#running++;
    const result = this.#last.then(work);
    const ended = () => {
      if (--this.#running === 0) this.#whenIdle();
    };
    this.#last = result.then(ended, ended);
    return result;
  }

  #whenIdle(): void {
    if (this.hasEnded) return;
    this.#timer = setTimeout(() => {
      this.isExpired = true;
      this.rollback();
    }, this.#options.idleMs);
  }
}
