import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { yieldToEventLoop } from '@objectstack/spec/shared';
import type { AtomicRequest, BegunTransaction, Connection, RequestOptions } from './connection.js';
import { LocalTransaction } from './local-transaction.js';
import { mapError } from './map-error.js';
import { NativeClient } from './native-client.js';
import { readFirst } from './read-first.js';
import { retryAfterExplain } from './retry-after-explain.js';
import { runBatch } from './run-batch.js';
import { toBoundStatement } from './to-bound.js';
import { WriteLock } from './write-lock.js';

/** A private in-memory database that exists from its first use until it is closed. The next use creates an empty one. */
export class MemoryDatabase implements Connection {
  readonly isPrivate = true;
  readonly #lock = new WriteLock();
  #client: NativeClient | null = null;

  execute(statement: SqlStatement, { signal }: RequestOptions = {}): Promise<SqlResult> {
    const bound = toBoundStatement(statement);
    return this.#exclusively(signal, (client) => retryAfterExplain(() => client.executeInTurns(bound)));
  }

  atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]> {
    const broken = () => this.#discard();
    return this.#exclusively(request.signal, (client) => runBatch(client, { statements, request, broken }));
  }

  async begin({ signal }: RequestOptions = {}): Promise<SqlTransaction> {
    await yieldToEventLoop();
    const release = await this.#lock.acquire(signal);
    try {
      const client = this.#open();
      client.begin('write');
      return new LocalTransaction(client, {
        assertInPlace: () => {},
        ended: (state) => {
          if (state === 'broken') this.#discard();
          release();
        },
      });
    } catch (error) {
      release();
      throw mapError(error);
    }
  }

  async beginReading(read: SqlStatement, options: RequestOptions = {}): Promise<BegunTransaction> {
    return readFirst(await this.begin(options), read);
  }

  async close(): Promise<void> {
    await this.#lock.run(async () => this.#discard());
  }

  async #exclusively<T>(
    signal: AbortSignal | undefined,
    work: (client: NativeClient) => Promise<T>,
  ): Promise<T> {
    await yieldToEventLoop();
    return this.#lock.run(async () => {
      try {
        return await work(this.#open());
      } catch (error) {
        throw mapError(error);
      }
    }, signal);
  }

  #open(): NativeClient {
    if (this.#client) return this.#client;
    const client = new NativeClient(':memory:');
    client.execute('PRAGMA foreign_keys = ON');
    this.#client = client;
    return client;
  }

  #discard(): void {
    this.#client?.close();
    this.#client = null;
  }
}
