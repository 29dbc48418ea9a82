import type { DriverOptions } from '@objectstack/spec/contracts';
import { LIMITS, ObjectStackError, throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
import type { RequestOptions } from '../connection/connection.js';
import { assertObjectName } from './assert-arguments.js';
import { dependsOnMetadata } from './depends-on-metadata.js';
import type { DriverSession } from './driver-session.js';
import { type Executor, guardedExecutor } from './executor.js';
import { objectNotFound } from './metadata.js';
import { isSystemObject, type MetadataSnapshot } from './metadata-snapshot.js';
import { isVersionMismatch, metadataChanged } from './metadata-version.js';
import type { Operation } from './operation.js';
import type { TransactionCalls } from './transaction-calls.js';
import { withTypedErrors } from './with-typed-errors.js';

/** Maximum number of times that a call is compiled again because of concurrent deployments. */
const ATTEMPTS = 3;

type Work<T> = (operation: Operation) => Promise<T>;

function tooManyCalls(): ObjectStackError {
  return new ObjectStackError({
    code: 'database_busy',
    message: `${LIMITS.maxParallelCalls} calls of this driver are already in progress. Wait for some of them.`,
    details: { limit: 'maxParallelCalls', maximum: LIMITS.maxParallelCalls },
  });
}

/** Runs the calls on objects of a session. */
export class ObjectCalls {
  readonly #session: DriverSession;
  readonly #transactionCalls: TransactionCalls;
  /** Number of running and waiting calls. */
  #running = 0;

  constructor(session: DriverSession, transactionCalls: TransactionCalls) {
    this.#session = session;
    this.#transactionCalls = transactionCalls;
  }

  /**
   * Runs work on an object with one version of the metadata, which its statements assert. If there was a deployment in
   * the meantime, nothing took effect, and the work is repeated with the new version. In a transaction, the version is
   * that of its beginning.
   */
  async run<T>(object: string, options: DriverOptions, work: Work<T>): Promise<T> {
    if (this.#running >= LIMITS.maxParallelCalls) throw tooManyCalls();
    this.#running++;
    try {
      return await withTypedErrors(() => this.#run(object, options, work));
    } finally {
      this.#running--;
    }
  }

  async #run<T>(object: string, options: DriverOptions, work: Work<T>): Promise<T> {
    this.#session.assertCallable(options);
    assertObjectName(object);
    const request = this.#session.request(options.signal);
    if (options.transaction) {
      const { metadata } = this.#session.transactions.use(options.transaction);
      return work(this.#operation(object, options, { metadata, request }));
    }
    for (let attempt = 1; ; attempt++) {
      const metadata = this.#session.metadata.snapshot;
      try {
        return await work(this.#operation(object, options, { metadata, request }));
      } catch (error) {
        if (!(await this.#isOutdated(error, metadata, request))) throw error;
        if (attempt === ATTEMPTS) throw metadataChanged(object);
        throwIfAborted(options.signal);
      }
    }
  }

  #operation(
    object: string,
    options: DriverOptions,
    { metadata, request }: { metadata: MetadataSnapshot; request: RequestOptions },
  ): Operation {
    const isPlatformObject = isSystemObject(object);
    const system = options.system ? metadata.findSystem(object) : undefined;
    const model = isPlatformObject ? system : metadata.find(object);
    if (!model) throw objectNotFound(object, metadata);
    return {
      model,
      executor: this.#executor(options, request, isPlatformObject ? null : metadata.deploymentId),
      options,
      quotas: isPlatformObject ? {} : this.#session.quotas,
      findModel: (name) => metadata.find(name),
      referringTo: (name) => metadata.referringTo(name),
    };
  }

  /** Runs statements on an object, guarded by a version of the metadata unless that is null. */
  #executor(options: DriverOptions, request: RequestOptions, deploymentId: string | null): Executor {
    if (options.transaction || deploymentId === null) return this.#session.executor(options, request);
    return guardedExecutor(this.#session.connection, request, deploymentId);
  }

  /** Whether a call failed because its metadata was outdated. If so, the metadata has been reloaded. */
  async #isOutdated(error: unknown, used: MetadataSnapshot, request: RequestOptions): Promise<boolean> {
    const { metadata } = this.#session;
    const isMismatch = isVersionMismatch(error);
    if (!isMismatch && !dependsOnMetadata(error)) return false;
    if (metadata.snapshot === used) await metadata.revalidate(request);
    return isMismatch || metadata.snapshot !== used;
  }

  /** Like {@link run}, in one transaction: the caller's or a new one. */
  runInTransaction<T>(object: string, options: DriverOptions, work: Work<T>): Promise<T> {
    return withTypedErrors(() => this.#runInTransaction(object, options, work));
  }

  async #runInTransaction<T>(object: string, options: DriverOptions, work: Work<T>): Promise<T> {
    this.#session.assertCallable(options);
    if (options.transaction) return this.run(object, options, work);
    const { signal } = options;
    const transaction = await this.#transactionCalls.begin({ ...(signal && { signal }) });
    try {
      const result = await this.run(object, { ...options, transaction }, work);
      await this.#transactionCalls.commit(transaction);
      return result;
    } catch (error) {
      await unlessAborted(this.#transactionCalls.rollback(transaction), signal).catch(() => undefined);
      throw error;
    }
  }
}
