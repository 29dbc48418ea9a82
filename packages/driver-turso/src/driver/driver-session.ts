import type { DriverOptions, DriverTransaction, TransactionOptions } from '@objectstack/spec/contracts';
import { notSupported, ObjectStackError, SYSTEM_PREFIX } from '@objectstack/spec/shared';
import type { Connection } from '../connection/connection.js';
import { FifoLock } from '../connection/fifo-lock.js';
import { assertTenantMarker } from '../connection/tenant-marker.js';
import { throwIfAborted } from '../connection/throw-if-aborted.js';
import { assertOptions } from './assert-arguments.js';
import { TURSO_CAPABILITIES } from './capabilities.js';
import { connectionExecutor, transactionExecutor } from './executor.js';
import { isAboutSomethingUnknown } from './is-about-something-unknown.js';
import { Metadata, objectNotFound } from './metadata.js';
import type { ObjectModel } from './object-model.js';
import type { Executor, WriteContext } from './record-writer.js';
import { Transactions } from './transactions.js';

export interface DriverSessionSettings {
  readonly connection: Connection;
  readonly transactionTimeoutMs: number;
  /** Refuses a database without our tables, because it cannot be the tenant's. */
  readonly requireClaimed: boolean;
  /** Tenant whose marker the database must hold. */
  readonly expectedTenantId?: string | undefined;
}

function notConnected(): ObjectStackError {
  return new ObjectStackError({ code: 'not_connected', message: 'The driver is not connected.' });
}

/** What a driver's calls have in common: connection, metadata and open transactions. */
export class DriverSession {
  readonly #settings: DriverSessionSettings;
  readonly #connection: Connection;
  readonly #metadata: Metadata;
  readonly #transactions: Transactions;
  /** Connecting and disconnecting come one after the other. */
  readonly #lifecycle = new FifoLock();
  #connected = false;

  constructor(settings: DriverSessionSettings) {
    this.#settings = settings;
    this.#connection = settings.connection;
    this.#metadata = new Metadata(settings.connection);
    this.#transactions = new Transactions(settings.transactionTimeoutMs);
  }

  get isConnected(): boolean {
    return this.#connected;
  }

  connect(): Promise<void> {
    return this.#lifecycle.run(() => this.#open());
  }

  async #open(): Promise<void> {
    if (this.#connected) return;
    const isClaimed = await this.#metadata.load();
    if (this.#settings.requireClaimed && !isClaimed) {
      throw new ObjectStackError({ code: 'database_invalid', message: 'The database holds no tenant.' });
    }
    const { expectedTenantId } = this.#settings;
    if (expectedTenantId !== undefined)
      await assertTenantMarker((statement) => this.#connection.execute(statement), expectedTenantId);
    this.#connected = true;
  }

  /** Refuses calls from now on, also when a connect that came before is still under way. */
  disconnect(): Promise<void> {
    this.#connected = false;
    return this.#lifecycle.run(() => this.#close());
  }

  async #close(): Promise<void> {
    this.#connected = false;
    await this.#transactions.rollbackAll();
    if (this.#connection.isPrivate) await this.#connection.close();
  }

  async refresh(): Promise<void> {
    this.assertConnected();
    await this.#metadata.load();
  }

  async begin(options: TransactionOptions = {}): Promise<DriverTransaction> {
    this.assertConnected();
    assertOptions(options);
    const { transaction: outer, isolationLevel, signal } = options;
    throwIfAborted(signal);
    if (isolationLevel !== undefined && !TURSO_CAPABILITIES.isolationLevels.includes(isolationLevel))
      throw notSupported('transaction_isolation', isolationLevel);
    if (outer) return this.#transactions.nest(outer);
    if (this.#metadata.isStale) await this.#metadata.revalidate();
    const transaction = await this.#connection.begin({ signal });
    if (this.#connected && !signal?.aborted) return this.#transactions.add(transaction);
    await transaction.rollback();
    throwIfAborted(signal);
    throw notConnected();
  }

  async commit(transaction: DriverTransaction): Promise<void> {
    this.assertConnected();
    const { sql, lock } = this.#transactions.takeToCommit(transaction);
    await lock.run(() => sql.commit());
  }

  async rollback(transaction: DriverTransaction): Promise<void> {
    const open = this.#transactions.takeToRollBack(transaction);
    await open?.lock.run(() => open.sql.rollback());
  }

  assertConnected(): void {
    if (!this.#connected) throw notConnected();
  }

  /** An object by name as it is known now, for what refers to it. */
  findModel(object: string): ObjectModel | undefined {
    return this.#metadata.find(object);
  }

  executor(options: DriverOptions): Executor {
    this.assertConnected();
    assertOptions(options);
    const { transaction, signal } = options;
    throwIfAborted(signal);
    if (!transaction) return connectionExecutor(this.#connection, signal);
    this.#transactions.use(transaction);
    return transactionExecutor(() => this.#transactions.use(transaction));
  }

  /** Outside a transaction the metadata may be looked at again; inside, the transaction's own connection is taken. */
  async #model(object: string, options: DriverOptions): Promise<ObjectModel> {
    this.assertConnected();
    assertOptions(options);
    throwIfAborted(options.signal);
    if (String(object).startsWith(SYSTEM_PREFIX)) {
      const system = options.system ? this.#metadata.findSystem(object) : undefined;
      if (!system) throw objectNotFound(object);
      return system;
    }
    if (!options.transaction && this.#metadata.isStale) await this.#metadata.revalidate();
    const model = this.#metadata.find(object);
    if (model) return model;
    throw objectNotFound(object);
  }

  /** Runs work on an object; when it names something unknown, another process may just have deployed that. */
  async withModel<T>(
    object: string,
    options: DriverOptions,
    work: (model: ObjectModel) => Promise<T>,
  ): Promise<T> {
    let known = this.#metadata.snapshot;
    try {
      const model = await this.#model(object, options);
      known = this.#metadata.snapshot;
      return await work(model);
    } catch (error) {
      if (options?.transaction || !isAboutSomethingUnknown(error)) throw error;
      if (known === this.#metadata.snapshot) await this.#metadata.revalidate();
      if (known === this.#metadata.snapshot) throw error;
      return work(await this.#model(object, options));
    }
  }

  async write<T>(
    object: string,
    options: DriverOptions,
    work: (context: WriteContext) => Promise<T>,
  ): Promise<T> {
    return this.withModel(object, options, (model) =>
      work({ executor: this.executor(options), model, options }),
    );
  }

  /** Like {@link write}, in one transaction: the caller's, or one of its own. */
  async writeAll<T>(
    object: string,
    options: DriverOptions,
    work: (context: WriteContext) => Promise<T>,
  ): Promise<T> {
    if (options?.transaction) return this.write(object, options, work);
    return this.withModel(object, options, async (model) => {
      throwIfAborted(options.signal);
      const transaction = await this.begin({ ...(options.signal && { signal: options.signal }) });
      try {
        const inside = { ...options, transaction };
        const result = await work({ executor: this.executor(inside), model, options: inside });
        await this.commit(transaction);
        return result;
      } catch (error) {
        await this.rollback(transaction).catch(() => undefined);
        throw error;
      }
    });
  }
}
