import type {
  AbortOptions,
  DriverOptions,
  DriverTransaction,
  SqlResult,
  SqlStatement,
  TransactionOptions,
} from '@objectstack/spec/contracts';
import {
  LIMITS,
  notSupported,
  ObjectStackError,
  throwIfAborted,
  unlessAborted,
} from '@objectstack/spec/shared';
import type { AtomicRequest, Connection, RequestOptions } from '../connection/connection.js';
import { FifoLock } from '../connection/fifo-lock.js';
import { assertSafeChecks } from '../sql/assert-safe-checks.js';
import { assertObjectName, assertOptions } from './assert-arguments.js';
import { TURSO_CAPABILITIES } from './capabilities.js';
import { dependsOnMetadata } from './depends-on-metadata.js';
import { guardedExecutor, plainExecutor, transactionExecutor } from './executor.js';
import { Metadata, objectNotFound } from './metadata.js';
import { isSystemObject, type MetadataSnapshot } from './metadata-snapshot.js';
import { isVersionMismatch, LATEST_DEPLOYMENT, metadataChanged } from './metadata-version.js';
import type { ObjectModel } from './object-model.js';
import { atomicInTenant, tenantExecutor } from './tenant-executor.js';
import { Transactions } from './transactions.js';
import { withTypedErrors } from './with-typed-errors.js';
import type { Executor, WriteContext } from './write-context.js';

/** Maximum number of times that a call is compiled again because of concurrent deployments. */
const ATTEMPTS = 3;

export interface DriverSessionSettings {
  readonly connection: Connection;
  readonly transactionTimeoutMs: number;
  /** Whether to reject a database without system tables, because it cannot be that of a tenant. */
  readonly requireClaimed: boolean;
  /** Tenant whose marker the database must hold. */
  readonly expectedTenantId?: string | undefined;
}

/** Context of one call on an object, from one version of the metadata. */
export interface Operation extends WriteContext {
  /** Another object of the same version. */
  findModel(object: string): ObjectModel | undefined;
  /** Objects of the same version that have a lookup to this one. */
  referringTo(object: string): ObjectModel[];
}

function notConnected(): ObjectStackError {
  return new ObjectStackError({ code: 'not_connected', message: 'The driver is not connected.' });
}

function tooManyCalls(): ObjectStackError {
  return new ObjectStackError({
    code: 'database_busy',
    message: `${LIMITS.maxParallelCalls} calls of this driver are already in progress. Wait for some of them.`,
    details: { limit: 'maxParallelCalls', maximum: LIMITS.maxParallelCalls },
  });
}

/** State that the calls of a driver share: connection, metadata and open transactions. */
export class DriverSession {
  readonly #settings: DriverSessionSettings;
  readonly #connection: Connection;
  readonly #metadata: Metadata;
  readonly #transactions: Transactions;
  /** Serializes connecting and disconnecting. */
  readonly #lifecycle = new FifoLock();
  #connected = false;
  /** Number of running and waiting calls on objects. */
  #running = 0;

  constructor(settings: DriverSessionSettings) {
    this.#settings = settings;
    this.#connection = settings.connection;
    this.#metadata = new Metadata(settings.connection, settings.expectedTenantId);
    this.#transactions = new Transactions(settings.transactionTimeoutMs);
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
    if (this.#connection.lockBudgetMs === undefined)
      await unlessAborted(assertSafeChecks(this.#connection), signal);
    const isClaimed = await this.#metadata.load(this.request(signal));
    if (this.#settings.requireClaimed && !isClaimed) {
      throw new ObjectStackError({ code: 'database_invalid', message: 'The database holds no tenant.' });
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
    await this.#transactions.rollbackAll();
    if (this.#connection.isPrivate) await this.#connection.close();
  }

  refresh(options: AbortOptions = {}): Promise<void> {
    return withTypedErrors(async () => {
      this.assertCallable(options);
      await this.#metadata.load(this.request(options.signal));
    });
  }

  begin(options: TransactionOptions = {}): Promise<DriverTransaction> {
    return withTypedErrors(() => this.#begin(options));
  }

  async #begin(options: TransactionOptions): Promise<DriverTransaction> {
    this.assertConnected();
    assertOptions(options);
    const { transaction: outer, isolationLevel, signal } = options;
    throwIfAborted(signal);
    if (isolationLevel !== undefined && !TURSO_CAPABILITIES.isolationLevels.includes(isolationLevel))
      throw notSupported('transaction_isolation', isolationLevel);
    if (outer) return this.#transactions.nest(outer);
    const read = { sql: LATEST_DEPLOYMENT };
    const { transaction, firstRead } = await this.#connection.beginReading(read, this.request(signal));
    try {
      const metadata = await unlessAborted(this.#metadata.pin(transaction, firstRead), signal);
      this.assertConnected();
      return this.#transactions.add(transaction, metadata);
    } catch (error) {
      await unlessAborted(transaction.rollback(), signal);
      throw error;
    }
  }

  commit(transaction: DriverTransaction): Promise<void> {
    return withTypedErrors(async () => {
      this.assertConnected();
      const { sql, lock } = this.#transactions.takeToCommit(transaction);
      await lock.run(() => sql.commit());
    });
  }

  rollback(transaction: DriverTransaction): Promise<void> {
    return withTypedErrors(async () => {
      const open = this.#transactions.takeToRollBack(transaction);
      await open?.lock.run(() => open.sql.rollback());
    });
  }

  assertConnected(): void {
    if (!this.#connected) throw notConnected();
  }

  /** The deadline of a call that begins now and the caller's signal. */
  request(signal: AbortSignal | undefined): RequestOptions {
    const { callTimeoutMs } = this.#connection;
    return { signal, deadline: callTimeoutMs === undefined ? undefined : performance.now() + callTimeoutMs };
  }

  /** Runs statements that were not compiled from metadata, only in the database of the expected tenant. */
  executor(options: DriverOptions, request: RequestOptions = this.request(options.signal)): Executor {
    this.assertCallable(options);
    const { transaction, signal } = options;
    if (transaction) return transactionExecutor(() => this.#transactions.use(transaction), signal);
    const { expectedTenantId } = this.#settings;
    if (expectedTenantId === undefined || this.#connection.checksTenant)
      return plainExecutor(this.#connection, request);
    return tenantExecutor(this.#connection, request, expectedTenantId);
  }

  /** Runs statements on an object, guarded by a version of the metadata unless that is null. */
  #executorFor(options: DriverOptions, request: RequestOptions, deploymentId: string | null): Executor {
    if (options.transaction || deploymentId === null) return this.executor(options, request);
    return guardedExecutor(this.#connection, request, deploymentId);
  }

  /** Runs the caller's statements in one transaction, only in the database of the expected tenant. */
  atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]> {
    const { expectedTenantId } = this.#settings;
    if (expectedTenantId === undefined || this.#connection.checksTenant)
      return this.#connection.atomic(statements, request);
    return atomicInTenant(this.#connection, { statements, request }, expectedTenantId);
  }

  assertCallable(options: AbortOptions): void {
    this.assertConnected();
    assertOptions(options);
    throwIfAborted(options.signal);
  }

  #operation(
    object: string,
    options: DriverOptions,
    { metadata, request }: { metadata: MetadataSnapshot; request: RequestOptions },
  ): Operation {
    const isPlatformObject = isSystemObject(object);
    const system = options.system ? metadata.findSystem(object) : undefined;
    const model = isPlatformObject ? system : metadata.find(object);
    if (!model) throw objectNotFound(object);
    return {
      model,
      executor: this.#executorFor(options, request, isPlatformObject ? null : metadata.deploymentId),
      options,
      findModel: (name) => metadata.find(name),
      referringTo: (name) => metadata.referringTo(name),
    };
  }

  /**
   * Runs work on an object with one version of the metadata, which its statements assert. If there was a deployment in
   * the meantime, nothing took effect, and the work is repeated with the new version. In a transaction, the version is
   * that of its beginning.
   */
  async run<T>(
    object: string,
    options: DriverOptions,
    work: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    if (this.#running >= LIMITS.maxParallelCalls) throw tooManyCalls();
    this.#running++;
    try {
      return await withTypedErrors(() => this.#run(object, options, work));
    } finally {
      this.#running--;
    }
  }

  async #run<T>(
    object: string,
    options: DriverOptions,
    work: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    this.assertCallable(options);
    assertObjectName(object);
    const request = this.request(options.signal);
    if (options.transaction) {
      const { metadata } = this.#transactions.use(options.transaction);
      return work(this.#operation(object, options, { metadata, request }));
    }
    for (let attempt = 1; ; attempt++) {
      const metadata = this.#metadata.snapshot;
      try {
        return await work(this.#operation(object, options, { metadata, request }));
      } catch (error) {
        if (!(await this.#isOutdated(error, metadata, request))) throw error;
        if (attempt === ATTEMPTS) throw metadataChanged(object);
        throwIfAborted(options.signal);
      }
    }
  }

  /** Whether a call failed because its metadata was outdated. If so, the metadata has been reloaded. */
  async #isOutdated(error: unknown, metadata: MetadataSnapshot, request: RequestOptions): Promise<boolean> {
    const isMismatch = isVersionMismatch(error);
    if (!isMismatch && !dependsOnMetadata(error)) return false;
    if (this.#metadata.snapshot === metadata) await this.#metadata.revalidate(request);
    return isMismatch || this.#metadata.snapshot !== metadata;
  }

  /** Like {@link run}, in one transaction: the caller's or a new one. */
  async runInTransaction<T>(
    object: string,
    options: DriverOptions,
    work: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    await withTypedErrors(async () => this.assertCallable(options));
    if (options.transaction) return this.run(object, options, work);
    const { signal } = options;
    const transaction = await this.begin({ ...(signal && { signal }) });
    try {
      const result = await this.run(object, { ...options, transaction }, work);
      await this.commit(transaction);
      return result;
    } catch (error) {
      await unlessAborted(this.rollback(transaction), signal).catch(() => undefined);
      throw error;
    }
  }
}
