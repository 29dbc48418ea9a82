import type {
  AbortOptions,
  DriverOptions,
  DriverTransaction,
  TransactionOptions,
} from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import { assertOptions } from './assert-arguments.js';
import type { MemoryDatabase } from './memory-database.js';
import { memoryError } from './memory-error.js';
import { assertReferences, type MemoryStore, tableOf } from './memory-store.js';
import type { MemoryTable } from './memory-table.js';
import { MemoryTransactions } from './memory-transactions.js';

/** The store after a write, and the result of the call. */
type Change<T> = (store: MemoryStore) => readonly [MemoryStore, T];

/** What a call reads and writes. */
interface Content {
  store: MemoryStore;
}

/** The connection of one driver to a database, with its transactions. */
export class MemorySession {
  readonly #database: MemoryDatabase;
  readonly #transactions: MemoryTransactions;
  #isConnected = false;

  constructor(database: MemoryDatabase, transactionTimeoutMs: number) {
    this.#database = database;
    this.#transactions = new MemoryTransactions(database, transactionTimeoutMs);
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  connect({ signal }: AbortOptions): void {
    throwIfAborted(signal);
    if (this.#database.isDamaged) throw memoryError('database_invalid');
    this.#isConnected = true;
  }

  disconnect(): void {
    this.#isConnected = false;
    this.#transactions.rollbackAll();
  }

  assertConnected(): void {
    if (!this.#isConnected) throw memoryError('not_connected');
  }

  async begin(options: TransactionOptions): Promise<DriverTransaction> {
    throwIfAborted(options.signal);
    const transaction = await this.#transactions.begin(options);
    if (this.#isConnected) return transaction;
    this.#transactions.rollback(transaction);
    throw memoryError('not_connected');
  }

  commit(transaction: DriverTransaction): void {
    this.assertConnected();
    this.#transactions.commit(transaction);
  }

  rollback(transaction: DriverTransaction): void {
    this.#transactions.rollback(transaction);
  }

  /** Outside of a transaction, a call waits until no other driver has an open exclusive transaction. */
  async run<T>(options: DriverOptions, work: (content: Content) => T): Promise<T> {
    this.assertConnected();
    assertOptions(options);
    const { transaction, signal } = options;
    throwIfAborted(signal);
    if (transaction) {
      return work(this.#transactions.use(transaction).root.content);
    }
    await this.#database.take(signal);
    try {
      this.assertConnected();
      return work(this.#database);
    } finally {
      this.#database.release();
    }
  }

  read<T>(
    object: string,
    options: DriverOptions,
    read: (table: MemoryTable, store: MemoryStore) => T,
  ): Promise<T> {
    return this.run(options, ({ store }) => read(tableOf(store, object), store));
  }

  write<T>(options: DriverOptions, change: Change<T>): Promise<T> {
    return this.run(options, (content) => {
      const [store, answer] = change(content.store);
      const isDeferred = options.transaction && this.#database.supports.deferredReferences;
      if (!isDeferred) assertReferences(store);
      content.store = store;
      return structuredClone(answer);
    });
  }
}
