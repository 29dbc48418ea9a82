import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@libsql/client';
import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import type { AtomicRequest, Connection } from './connection.js';
import { FifoLock } from './fifo-lock.js';
import {
  inodeOf,
  type LocalClient,
  type LocalFileOptions,
  missingFile,
  openLocalClient,
} from './local-client.js';
import { LocalTransaction } from './local-transaction.js';
import { isBusy, mapError } from './map-error.js';
import { toInStatement, toResult } from './sql-values.js';

const DEFAULT_BUSY_TIMEOUT_MS = 10_000;
const FIRST_BACKOFF_MS = 2;
const LONGEST_BACKOFF_MS = 100;

export interface LocalFileSettings extends LocalFileOptions {
  readonly busyTimeoutMs?: number;
  /** Told before a client is opened, so that the pool can close another. */
  readonly onOpen?: () => void;
}

/**
 * The one connection of this process to a file. Work comes one after the other, because the client fails concurrent
 * transactions; a client that met SQLITE_BUSY is thrown away, because it loses later writes.
 */
export class LocalFile implements Connection {
  readonly #path: string;
  readonly #settings: LocalFileSettings;
  readonly #lock = new FifoLock();
  #open: LocalClient | null = null;

  constructor(path: string, settings: LocalFileSettings = {}) {
    this.#path = path;
    this.#settings = settings;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  get isIdle(): boolean {
    return !this.#lock.busy;
  }

  execute(statement: SqlStatement): Promise<SqlResult> {
    const prepared = toInStatement(statement);
    return this.#exclusively(async (client) => toResult(await client.execute(prepared)));
  }

  atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]> {
    const prepared = statements.map(toInStatement);
    return this.#exclusively(async (client) => {
      const enforcement = request.foreignKeys === 'off' ? await this.#withoutForeignKeys(client) : undefined;
      try {
        return (await client.batch(prepared, request.mode)).map(toResult);
      } finally {
        await enforcement?.restore();
      }
    });
  }

  async begin(): Promise<SqlTransaction> {
    const release = await this.#lock.acquire();
    try {
      const transaction = await this.#retryingBusy((client) => client.transaction('write'));
      return new LocalTransaction(transaction, release);
    } catch (error) {
      release();
      throw mapError(error);
    }
  }

  /** Waits for running work, writes the log back into the file and closes it. The next use opens it again. */
  async close(): Promise<void> {
    await this.#lock.run(async () => {
      await this.#open?.client.execute('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined);
      this.#discard();
    });
  }

  /** Closes now; only for an idle file. */
  closeIdle(): void {
    this.#discard();
  }

  async #exclusively<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const release = await this.#lock.acquire();
    try {
      return await this.#retryingBusy(work);
    } catch (error) {
      throw mapError(error);
    } finally {
      release();
    }
  }

  async #retryingBusy<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const deadline = Date.now() + (this.#settings.busyTimeoutMs ?? DEFAULT_BUSY_TIMEOUT_MS);
    for (let backoff = FIRST_BACKOFF_MS; ; backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)) {
      try {
        return await work(await this.#client());
      } catch (error) {
        if (!isBusy(error)) throw error;
        this.#discard();
        if (Date.now() >= deadline) throw error;
      }
      await delay(backoff * (0.5 + Math.random()));
    }
  }

  /** The open client; a file that was moved or deleted meanwhile is never written to. */
  async #client(): Promise<Client> {
    if (this.#open) {
      const inode = inodeOf(this.#path);
      if (inode === this.#open.inode) return this.#open.client;
      this.#discard();
      if (inode === null && !this.#settings.create) throw missingFile();
    }
    this.#settings.onOpen?.();
    this.#open = await openLocalClient(this.#path, this.#settings);
    return this.#open.client;
  }

  async #withoutForeignKeys(client: Client): Promise<{ restore(): Promise<void> }> {
    await client.execute('PRAGMA foreign_keys = OFF');
    return {
      restore: async () => {
        await client.execute('PRAGMA foreign_keys = ON').catch(() => this.#discard());
      },
    };
  }

  #discard(): void {
    this.#open?.client.close();
    this.#open = null;
  }
}
