import type {
  AbortOptions,
  DriverOptions,
  DriverQuotas,
  SqlResult,
  SqlStatement,
} from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
import type { AtomicRequest, Connection, RequestOptions } from '../connection/connection.js';
import { FifoLock } from '../connection/fifo-lock.js';
import { assertSafeChecks } from '../sql/assert-safe-checks.js';
import { assertOptions } from './assert-arguments.js';
import { type Executor, plainExecutor, transactionExecutor } from './executor.js';
import { Metadata } from './metadata.js';
import { atomicInTenant, tenantExecutor } from './tenant-executor.js';
import { Transactions } from './transactions.js';
import { withTypedErrors } from './with-typed-errors.js';

export interface DriverSessionSettings {
  readonly connection: Connection;
  readonly transactionTimeoutMs: number;
  /** Whether to reject a database without system tables, because it cannot be that of a tenant. */
  readonly requireClaimed: boolean;
  /** Tenant whose marker the database must hold. */
  readonly expectedTenantId?: string | undefined;
  /** Current quotas of the tenant. Absent: unlimited. */
  readonly quotas?: (() => DriverQuotas) | undefined;
}

const UNLIMITED: DriverQuotas = {};

function notConnected(): ObjectStackError {
  return new ObjectStackError({
    code: 'not_connected',
    message: 'The driver is not connected. Call connect() first.',
  });
}

/** State that the calls of a driver share: connection, metadata and open transactions. */
export class DriverSession {
  readonly connection: Connection;
  readonly metadata: Metadata;
  readonly transactions: Transactions;
  readonly #settings: DriverSessionSettings;
  /** Serializes connecting and disconnecting. */
  readonly #lifecycle = new FifoLock();
  #connected = false;

  constructor(settings: DriverSessionSettings) {
    this.#settings = settings;
    this.connection = settings.connection;
    this.metadata = new Metadata(settings.connection, settings.expectedTenantId);
    this.transactions = new Transactions(settings.transactionTimeoutMs);
  }

  /** Quotas of a call that begins now. */
  get quotas(): DriverQuotas {
    return this.#settings.quotas?.() ?? UNLIMITED;
  }

  get isConnected(): boolean {
    return this.#connected;
  }

  connect(options: AbortOptions = {}): Promise<void> {
    return withTypedErrors(async () => {
      assertOptions(options);
      const { signal } = options;
      await this.#lifecycle.run(() => this.#open(signal), signal);
    });
  }

  async #open(signal: AbortSignal | undefined): Promise<void> {
    if (this.#connected) return;
    // Which files a remote server can access is the responsibility of its operator.
    if (this.connection.lockBudgetMs === undefined)
      await unlessAborted(assertSafeChecks(this.connection), signal);
    const isClaimed = await this.metadata.load(this.request(signal));
    if (this.#settings.requireClaimed && !isClaimed) {
      throw new ObjectStackError({
        code: 'database_invalid',
        message: 'The database belongs to no tenant. Check its URL.',
      });
    }
    this.#connected = true;
  }

  /** Rejects calls from now on, even if an earlier connect is still in progress. */
  disconnect(): Promise<void> {
    this.#connected = false;
    return this.#lifecycle.run(() => this.#close());
  }

  async #close(): Promise<void> {
    this.#connected = false;
    await this.transactions.rollbackAll();
    if (this.connection.isPrivate) await this.connection.close();
  }

  refresh(options: AbortOptions = {}): Promise<void> {
    return withTypedErrors(async () => {
      this.assertCallable(options);
      await this.metadata.load(this.request(options.signal));
    });
  }

  assertConnected(): void {
    if (!this.#connected) throw notConnected();
  }

  assertCallable(options: AbortOptions): void {
    this.assertConnected();
    assertOptions(options);
    throwIfAborted(options.signal);
  }

  /** The deadline of a call that begins now and the caller's signal. */
  request(signal: AbortSignal | undefined): RequestOptions {
    const { callTimeoutMs } = this.connection;
    return { signal, deadline: callTimeoutMs === undefined ? undefined : performance.now() + callTimeoutMs };
  }

  /** Runs statements that were not compiled from metadata, only in the database of the expected tenant. */
  executor(options: DriverOptions, request: RequestOptions = this.request(options.signal)): Executor {
    this.assertCallable(options);
    const { transaction, signal } = options;
    if (transaction) return transactionExecutor(() => this.transactions.use(transaction), signal);
    const { expectedTenantId } = this.#settings;
    if (expectedTenantId === undefined || this.connection.checksTenant)
      return plainExecutor(this.connection, request);
    return tenantExecutor(this.connection, request, expectedTenantId);
  }

  /** Runs the caller's statements in one transaction, only in the database of the expected tenant. */
  atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]> {
    const { expectedTenantId } = this.#settings;
    if (expectedTenantId === undefined || this.connection.checksTenant)
      return this.connection.atomic(statements, request);
    return atomicInTenant(this.connection, { statements, request }, expectedTenantId);
  }
}
