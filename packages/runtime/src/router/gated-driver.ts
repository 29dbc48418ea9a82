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
import { unlessAborted } from '@objectstack/spec/shared';
import { throwMissingTables } from './throw-missing-tables.js';

type Arguments<Method extends keyof IDataDriver> = Parameters<
  Extract<IDataDriver[Method], (...args: never) => unknown>
>;

/**
 * Driver handle of a tenant. Checks the gate before every operation, so that handles already given out are refused as
 * soon as the tenant is.
 */
export class GatedDriver implements IDataDriver {
  readonly name: string;
  readonly version: string;
  readonly supports: IDataDriver['supports'];
  readonly #pass: () => IDataDriver | Promise<IDataDriver>;
  /** A transaction belongs to the driver that began it, even if the gate has replaced that driver. */
  readonly #owners = new WeakMap<DriverTransaction, IDataDriver>();

  constructor(driver: IDataDriver, pass: () => IDataDriver | Promise<IDataDriver>) {
    this.name = driver.name;
    this.version = driver.version;
    this.supports = driver.supports;
    this.#pass = pass;
  }

  async connect({ signal }: AbortOptions = {}): Promise<void> {
    await unlessAborted(this.#pass(), signal);
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
    const driver =
      this.#ownerOf(args[2]?.transaction) ?? (await unlessAborted(this.#pass(), args[2]?.signal));
    for await (const record of driver.findStream(...args)) {
      yield record;
      const passed = this.#pass();
      if (passed instanceof Promise) await passed;
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

  async beginTransaction(options?: TransactionOptions): Promise<DriverTransaction> {
    const driver =
      this.#ownerOf(options?.transaction) ?? (await unlessAborted(this.#pass(), options?.signal));
    const transaction = await driver.beginTransaction(options);
    this.#owners.set(transaction, driver);
    return transaction;
  }

  commit(transaction: DriverTransaction) {
    return this.#through((driver) => driver.commit(transaction), { transaction });
  }

  /** A rollback is always permitted. */
  async rollback(transaction: DriverTransaction): Promise<void> {
    const driver = this.#owners.get(transaction) ?? (await this.#pass());
    await driver.rollback(transaction);
  }

  #through<T>(
    operation: (driver: IDataDriver) => Promise<T>,
    options?: Pick<DriverOptions, 'transaction' | 'signal'>,
  ): Promise<T> {
    const passed = this.#pass();
    const run = (driver: IDataDriver) => operation(this.#ownerOf(options?.transaction) ?? driver);
    const result = passed instanceof Promise ? unlessAborted(passed, options?.signal).then(run) : run(passed);
    return result.catch(throwMissingTables);
  }

  #ownerOf(transaction: DriverTransaction | undefined): IDataDriver | undefined {
    return transaction && this.#owners.get(transaction);
  }
}
