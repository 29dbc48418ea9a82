import type {
  AbortOptions,
  DataRecord,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  TransactionOptions,
  ValueRow,
  ValuesQueryInput,
} from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type Gate, GatedCalls, type Scope } from './gated-calls.js';
import { recheckIfBlocked } from './recheck-if-blocked.js';
import { throwMissingTables } from './throw-missing-tables.js';

type Arguments<Method extends keyof IDataDriver> = Parameters<
  Extract<IDataDriver[Method], (...args: never) => unknown>
>;

/**
 * Driver handle of a tenant. Checks the gate before every operation, so that handles already given out are refused as
 * soon as the tenant is, and acquires the driver for each operation, stream and transaction.
 */
export class GatedDriver implements IDataDriver {
  readonly name: string;
  readonly version: string;
  readonly supports: IDataDriver['supports'];
  readonly #calls: GatedCalls;
  readonly #recheck: Gate['recheck'];

  constructor(driver: IDataDriver, gate: Gate) {
    this.name = driver.name;
    this.version = driver.version;
    this.supports = driver.supports;
    this.#calls = new GatedCalls(gate);
    this.#recheck = () => gate.recheck();
  }

  async connect({ signal }: AbortOptions = {}): Promise<void> {
    await this.#calls.run(async () => undefined, { ...(signal && { signal }) });
  }

  /** No effect: the router owns the driver. */
  async disconnect(): Promise<void> {}

  async checkHealth(): Promise<boolean> {
    return this.#through((driver) => driver.checkHealth()).catch(() => false);
  }

  refresh(...args: Arguments<'refresh'>) {
    return this.#through((driver) => driver.refresh(...args), args[0]);
  }

  execute(...args: Arguments<'execute'>) {
    return this.#through((driver) => driver.execute(...args), args[2]);
  }

  executeAtomic(...args: Arguments<'executeAtomic'>) {
    return this.#through((driver) => driver.executeAtomic(...args), args[1]);
  }

  find(object: string, query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord[]>;
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<ValueRow[]> {
    return this.#through((driver) => driver.find(object, query, options), options);
  }

  /** Checks the gate before every record. */
  async *findStream(...args: Arguments<'findStream'>): AsyncGenerator<DataRecord> {
    const { driver, release } = await this.#calls.acquire(args[2]);
    try {
      for await (const record of driver.findStream(...args)) {
        yield record;
        const checked = this.#calls.check();
        if (checked instanceof Promise) await checked;
      }
    } catch (error) {
      if (ObjectStackError.isInstance(error, 'database_blocked')) await this.#recheck();
      throw error;
    } finally {
      release();
    }
  }

  explain(...args: Arguments<'explain'>) {
    return this.#through((driver) => driver.explain(...args), args[2]);
  }

  findOne(...args: Arguments<'findOne'>) {
    return this.#through((driver) => driver.findOne(...args), args[2]);
  }

  count(...args: Arguments<'count'>) {
    return this.#through((driver) => driver.count(...args), args[2]);
  }

  create(...args: Arguments<'create'>) {
    return this.#through((driver) => driver.create(...args), args[2]);
  }

  update(...args: Arguments<'update'>) {
    return this.#through((driver) => driver.update(...args), args[3]);
  }

  upsert(...args: Arguments<'upsert'>) {
    return this.#through((driver) => driver.upsert(...args), args[3]);
  }

  delete(...args: Arguments<'delete'>) {
    return this.#through((driver) => driver.delete(...args), args[2]);
  }

  bulkCreate(...args: Arguments<'bulkCreate'>) {
    return this.#through((driver) => driver.bulkCreate(...args), args[2]);
  }

  bulkUpdate(...args: Arguments<'bulkUpdate'>) {
    return this.#through((driver) => driver.bulkUpdate(...args), args[2]);
  }

  bulkDelete(...args: Arguments<'bulkDelete'>) {
    return this.#through((driver) => driver.bulkDelete(...args), args[2]);
  }

  updateMany(...args: Arguments<'updateMany'>) {
    return this.#through((driver) => driver.updateMany(...args), args[3]);
  }

  deleteMany(...args: Arguments<'deleteMany'>) {
    return this.#through((driver) => driver.deleteMany(...args), args[2]);
  }

  syncSchema(...args: Arguments<'syncSchema'>) {
    return this.#through((driver) => driver.syncSchema(...args), args[2]);
  }

  syncSchemasBatch(...args: Arguments<'syncSchemasBatch'>) {
    return this.#through((driver) => driver.syncSchemasBatch(...args), args[1]);
  }

  beginTransaction(options?: TransactionOptions): Promise<DriverTransaction> {
    const begin = () => this.#calls.begin((driver) => driver.beginTransaction(options), options);
    return recheckIfBlocked(begin, this.#recheck);
  }

  /** A transaction whose commit the gate refuses stays open, to be rolled back. */
  commit(transaction: DriverTransaction) {
    const commit = this.#calls.end(transaction, (driver) => driver.commit(transaction));
    return this.#through(commit, { transaction });
  }

  /** A rollback is always permitted. */
  async rollback(transaction: DriverTransaction): Promise<void> {
    const rollback = this.#calls.end(transaction, (driver) => driver.rollback(transaction));
    await rollback(await this.#calls.driverOf(transaction));
  }

  #through<T>(operation: (driver: IDataDriver) => Promise<T>, scope?: Scope): Promise<T> {
    return recheckIfBlocked(() => this.#calls.run(operation, scope), this.#recheck).catch(throwMissingTables);
  }
}
