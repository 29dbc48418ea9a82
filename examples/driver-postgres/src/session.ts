import type {
  AbortOptions,
  DriverOptions,
  DriverTransaction,
  TransactionOptions,
} from '@objectstack/spec/contracts';
import { assertCallOptions } from '@objectstack/spec/drivers';
import { throwIfAborted } from '@objectstack/spec/shared';
import type { Purpose } from './connection/begin.js';
import { type ConnectionOptions, Pools } from './connection/pools.js';
import { runCall, type Work } from './connection/run-call.js';
import { driverError } from './driver-error.js';
import { type Schema, schemaOf } from './schema/schema.js';
import { Transactions } from './transaction/transactions.js';

export interface SessionOptions extends ConnectionOptions {
  /** Idle time after which a transaction is rolled back, in milliseconds. Default: 5,000. */
  readonly transactionTimeoutMs?: number;
}

const EMPTY = schemaOf(0, []);

/** The connection of a driver to its database: where calls run, and under which metadata. */
export class Session {
  readonly #options: SessionOptions;
  readonly #transactions: Transactions;
  #pools: Pools | undefined;
  #schema: Schema = EMPTY;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#transactions = new Transactions(options.transactionTimeoutMs ?? 5_000);
  }

  /** Throws `not_connected` before `connect` and after `disconnect`. */
  assertConnected(): Pools {
    if (!this.#pools) throw driverError('not_connected');
    return this.#pools;
  }

  async connect({ signal }: AbortOptions): Promise<void> {
    throwIfAborted(signal);
    if (this.#pools) return;
    const pools = new Pools(this.#options);
    try {
      await pools.open(signal);
      await this.#call(pools, { signal, purpose: 'read' }, async () => undefined);
    } catch (error) {
      await pools.close();
      throw error;
    }
    if (this.#pools) await pools.close();
    else this.#pools = pools;
  }

  async disconnect(): Promise<void> {
    const pools = this.#pools;
    this.#pools = undefined;
    await this.#transactions.rollbackAll();
    await pools?.close();
  }

  async isAlive(): Promise<boolean> {
    return (await this.#pools?.isAlive()) ?? false;
  }

  /** Runs a call in its transaction, or in one of its own. */
  async run<T>(options: DriverOptions, purpose: Purpose, work: Work<T>): Promise<T> {
    const pools = this.assertConnected();
    assertCallOptions(options);
    const { signal, transaction } = options;
    throwIfAborted(signal);
    if (transaction !== undefined) return this.#transactions.use(transaction).run(signal, work);
    return this.#call(pools, { signal, purpose }, work);
  }

  /** Runs a statement of the caller, which may change settings of its connection: the connection is closed afterwards. */
  async runRaw<T>(options: DriverOptions, work: Work<T>): Promise<T> {
    return this.run(options, 'write', (connection, schema) => {
      connection.closeAtEnd();
      return work(connection, schema);
    });
  }

  async begin(options: TransactionOptions): Promise<DriverTransaction> {
    const pools = this.assertConnected();
    assertCallOptions(options);
    throwIfAborted(options.signal);
    const { isolationLevel = 'read_committed' } = options;
    if (isolationLevel !== 'read_committed')
      throw driverError('not_supported', { feature: 'isolationLevels', subject: isolationLevel });
    const transaction = await this.#transactions.begin(pools, this.#schema, options);
    if (this.#pools === pools) return transaction;
    await this.rollback(transaction);
    throw driverError('not_connected');
  }

  async commit(transaction: DriverTransaction): Promise<void> {
    this.assertConnected();
    await this.#transactions.commit(transaction);
  }

  rollback(transaction: DriverTransaction): Promise<void> {
    return this.#transactions.rollback(transaction);
  }

  #call<T>(
    pools: Pools,
    { signal, purpose }: { signal: AbortSignal | undefined; purpose: Purpose },
    work: Work<T>,
  ) {
    const onSchema = (schema: Schema) => {
      this.#schema = schema;
    };
    return runCall({ pools, purpose, cached: this.#schema, signal, onSchema }, work);
  }
}
