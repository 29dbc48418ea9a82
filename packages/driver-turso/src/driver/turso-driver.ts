import type {
  AtomicOptions,
  DataRecord,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  RecordData,
  SqlStatement,
  SqlValue,
} from '@objectstack/spec/contracts';
import type { Filter, ObjectDefinition, QueryInput } from '@objectstack/spec/data';
import { ObjectStackError, SYSTEM_PREFIX } from '@objectstack/spec/shared';
import type { Connection } from '../connection/connection.js';
import { assertPlainAt, assertPlainStatement } from '../connection/inspect-sql.js';
import { TURSO_CAPABILITIES } from './capabilities.js';
import { assertOnlyFilter, compileCount } from './compile-query.js';
import { compileDeleteMany, compileUpdateMany } from './compile-write.js';
import { decodeRecord } from './decode-record.js';
import { encodeChanges } from './encode-record.js';
import { connectionExecutor, transactionExecutor } from './executor.js';
import { invalidFilter } from './filter-error.js';
import { isAboutSomethingUnknown } from './is-about-something-unknown.js';
import { Metadata, objectNotFound } from './metadata.js';
import type { ObjectModel } from './object-model.js';
import { prepareFind } from './prepared-find.js';
import {
  advances,
  createRecord,
  deleteRecord,
  type Executor,
  givenAutonumbers,
  updateRecord,
  type WriteContext,
} from './record-writer.js';
import { syncSchema } from './sync-schema.js';
import { Transactions } from './transactions.js';
import { upsertRecord } from './upsert-record.js';

export interface TursoDriverSettings {
  readonly connection: Connection;
  readonly transactionTimeoutMs: number;
  /** Refuses a database without our tables, because it cannot be the tenant's. */
  readonly requireClaimed: boolean;
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ObjectStackError({ code: 'aborted', message: 'The caller gave up.' });
}

function notConnected(): ObjectStackError {
  return new ObjectStackError({ code: 'not_connected', message: 'The driver is not connected.' });
}

function requireFilter(model: ObjectModel, query: { where?: Filter }): Filter {
  if (query?.where === undefined) throw invalidFilter('/where', 'A filter is required');
  assertOnlyFilter(model, query);
  return query.where;
}

function atMostOne(query: QueryInput): QueryInput {
  if (query?.limit === undefined && query?.top === undefined) return { ...query, limit: 1 };
  return query;
}

/** See {@link IDataDriver}; the same for every connection. */
export class TursoDriver implements IDataDriver {
  readonly name = 'turso';
  readonly version = '0.1.0';
  readonly supports = TURSO_CAPABILITIES;
  readonly #settings: TursoDriverSettings;
  readonly #connection: Connection;
  readonly #metadata: Metadata;
  readonly #transactions: Transactions;
  #connected = false;

  constructor(settings: TursoDriverSettings) {
    this.#settings = settings;
    this.#connection = settings.connection;
    this.#metadata = new Metadata(settings.connection);
    this.#transactions = new Transactions(settings.transactionTimeoutMs);
  }

  async connect(): Promise<void> {
    if (this.#connected) return;
    if (this.#settings.requireClaimed && !(await this.#metadata.isClaimed())) {
      throw new ObjectStackError({ code: 'database_invalid', message: 'The database holds no tenant.' });
    }
    await this.#metadata.load();
    this.#connected = true;
  }

  async disconnect(): Promise<void> {
    if (!this.#connected) return;
    this.#connected = false;
    await this.#transactions.rollbackAll();
  }

  async checkHealth(): Promise<boolean> {
    if (!this.#connected) return false;
    return this.#connection.execute({ sql: 'SELECT 1' }).then(
      () => true,
      () => false,
    );
  }

  async refresh(): Promise<void> {
    this.#assertConnected();
    await this.#metadata.load();
  }

  async execute(sql: string, args: readonly SqlValue[] = [], options: DriverOptions = {}) {
    const executor = this.#executor(options);
    assertPlainStatement({ sql, args });
    return executor.execute({ sql, args });
  }

  async executeAtomic(statements: readonly SqlStatement[], options: AtomicOptions = {}) {
    this.#assertConnected();
    throwIfAborted(options.signal);
    statements.forEach(assertPlainAt);
    const { foreignKeys = 'on', mode = 'write' } = options;
    return this.#connection.atomic(statements, { foreignKeys, mode });
  }

  async find(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<DataRecord[]> {
    return this.#withModel(object, options, (model) => this.#select(model, query, options));
  }

  async findOne(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<DataRecord | null> {
    return this.#withModel(object, options, async (model) => {
      const records = await this.#select(model, atMostOne(query), options);
      return records[0] ?? null;
    });
  }

  async count(
    object: string,
    query: Pick<QueryInput, 'where'> = {},
    options: DriverOptions = {},
  ): Promise<number> {
    return this.#withModel(object, options, async (model) => {
      const { rows } = await this.#executor(options).execute(compileCount(model, query));
      return Number(rows[0]?.count);
    });
  }

  async create(object: string, data: RecordData, options: DriverOptions = {}): Promise<DataRecord> {
    return this.#write(object, options, (context) => createRecord(context, data));
  }

  async update(
    object: string,
    id: string,
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#write(object, options, (context) => updateRecord(context, id, data));
  }

  async upsert(
    object: string,
    data: RecordData,
    conflictKeys: readonly string[] = ['id'],
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#writeAll(object, options, (context) => upsertRecord(context, data, conflictKeys));
  }

  async delete(object: string, id: string, options: DriverOptions = {}): Promise<boolean> {
    return this.#write(object, options, (context) => deleteRecord(context, id));
  }

  async bulkCreate(
    object: string,
    data: readonly RecordData[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#each(object, data, options, createRecord);
  }

  async bulkUpdate(
    object: string,
    updates: readonly { id: string; data: RecordData }[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#each(object, updates, options, (context, { id, data }) => updateRecord(context, id, data));
  }

  async bulkDelete(object: string, ids: readonly string[], options: DriverOptions = {}): Promise<void> {
    await this.#each(object, ids, options, deleteRecord);
  }

  async updateMany(
    object: string,
    query: { where: Filter },
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<number> {
    return this.#write(object, options, async ({ executor, model }) => {
      const filter = requireFilter(model, query);
      const now = new Date().toISOString();
      const columns = encodeChanges({ model, data, options, now });
      const update = compileUpdateMany(model, filter, columns);
      const counted = advances(model.name, givenAutonumbers(model, data), data, now);
      const results =
        counted.length === 0 ? [await executor.execute(update)] : await executor.atomic([...counted, update]);
      return results.at(-1)?.rowsAffected ?? 0;
    });
  }

  async deleteMany(object: string, query: { where: Filter }, options: DriverOptions = {}): Promise<number> {
    return this.#write(object, options, async ({ executor, model }) => {
      return (await executor.execute(compileDeleteMany(model, requireFilter(model, query)))).rowsAffected;
    });
  }

  async beginTransaction(): Promise<DriverTransaction> {
    this.#assertConnected();
    if (this.#metadata.isStale) await this.#metadata.revalidate();
    const transaction = await this.#connection.begin();
    if (this.#connected) return this.#transactions.add(transaction);
    await transaction.rollback();
    throw notConnected();
  }

  async commit(transaction: DriverTransaction): Promise<void> {
    this.#assertConnected();
    await this.#transactions.take(transaction).commit();
  }

  async rollback(transaction: DriverTransaction): Promise<void> {
    if (this.#transactions.has(transaction)) await this.#transactions.take(transaction).rollback();
  }

  async syncSchema(object: string, definition: ObjectDefinition): Promise<void> {
    this.#assertConnected();
    await syncSchema(this, object, definition);
  }

  #assertConnected(): void {
    if (!this.#connected) throw notConnected();
  }

  #executor({ transaction, signal }: DriverOptions): Executor {
    this.#assertConnected();
    throwIfAborted(signal);
    if (!transaction) return connectionExecutor(this.#connection);
    this.#transactions.use(transaction);
    return transactionExecutor(() => this.#transactions.use(transaction));
  }

  async #select(model: ObjectModel, query: QueryInput, options: DriverOptions): Promise<DataRecord[]> {
    const { statement, columns } = prepareFind(model, query);
    const { rows } = await this.#executor(options).execute(statement);
    return rows.map((row) => decodeRecord(columns, row));
  }

  /** Outside a transaction the metadata may be looked at again; inside, the transaction's own connection is taken. */
  async #model(object: string, options: DriverOptions): Promise<ObjectModel> {
    this.#assertConnected();
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
  async #withModel<T>(
    object: string,
    options: DriverOptions,
    work: (model: ObjectModel) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(await this.#model(object, options));
    } catch (error) {
      if (options.transaction || !isAboutSomethingUnknown(error)) throw error;
      if (!(await this.#metadata.revalidate())) throw error;
      return work(await this.#model(object, options));
    }
  }

  async #write<T>(
    object: string,
    options: DriverOptions,
    work: (context: WriteContext) => Promise<T>,
  ): Promise<T> {
    return this.#withModel(object, options, (model) =>
      work({ executor: this.#executor(options), model, options }),
    );
  }

  /** Like {@link #write}, in one transaction: the caller's, or one of its own. */
  async #writeAll<T>(
    object: string,
    options: DriverOptions,
    work: (context: WriteContext) => Promise<T>,
  ): Promise<T> {
    if (options.transaction) return this.#write(object, options, work);
    return this.#withModel(object, options, async (model) => {
      throwIfAborted(options.signal);
      const transaction = await this.beginTransaction();
      try {
        const inside = { ...options, transaction };
        const result = await work({ executor: this.#executor(inside), model, options: inside });
        await this.commit(transaction);
        return result;
      } catch (error) {
        await this.rollback(transaction).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Items one after the other in one transaction: all or none. */
  async #each<I, T>(
    object: string,
    items: readonly I[],
    options: DriverOptions,
    work: (context: WriteContext, item: I) => Promise<T>,
  ): Promise<T[]> {
    return this.#writeAll(object, options, async (context) => {
      const results: T[] = [];
      for (const item of items) {
        throwIfAborted(options.signal);
        results.push(await work(context, item));
      }
      return results;
    });
  }
}
