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
import { TURSO_CAPABILITIES } from './capabilities.js';
import { compileCount, compileFind } from './compile-query.js';
import { compileDeleteMany, compileUpdateMany } from './compile-write.js';
import { decodeRecord } from './decode-record.js';
import { encodeChanges } from './encode-record.js';
import { invalidFilter } from './filter-error.js';
import { Metadata, objectNotFound } from './metadata.js';
import type { ObjectModel } from './object-model.js';
import {
  createRecord,
  deleteRecord,
  type Executor,
  updateRecord,
  upsertRecord,
  type WriteContext,
} from './record-writer.js';
import { syncSchema } from './sync-schema.js';
import { Transactions } from './transactions.js';

export interface TursoDriverSettings {
  readonly connection: Connection;
  readonly transactionTimeoutMs: number;
  /** Refuses a database without our tables, because it cannot be the tenant's. */
  readonly requireClaimed: boolean;
}

const WRITE = { foreignKeys: 'on', mode: 'write' } as const;

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ObjectStackError({ code: 'aborted', message: 'The caller gave up.' });
}

function requireFilter({ where }: { where?: Filter }): Filter {
  if (where === undefined) throw invalidFilter('/where', 'A filter is required');
  return where;
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
    return this.#executor(options).execute({ sql, args });
  }

  async executeAtomic(statements: readonly SqlStatement[], options: AtomicOptions = {}) {
    this.#assertConnected();
    throwIfAborted(options.signal);
    const { foreignKeys = 'on', mode = 'write' } = options;
    return this.#connection.atomic(statements, { foreignKeys, mode });
  }

  async find(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<DataRecord[]> {
    return this.#withModel(object, options, async (model) => {
      const { statement, columns } = compileFind(model, query);
      const { rows } = await this.#executor(options).execute(statement);
      return rows.map((row) => decodeRecord(columns, row));
    });
  }

  async findOne(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<DataRecord | null> {
    const { top: _top, ...rest } = query;
    const limit = Math.min(query.limit ?? query.top ?? 1, 1);
    return (await this.find(object, { ...rest, limit }, options))[0] ?? null;
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
    return this.#inTransaction(options, (inside) =>
      this.#write(
        object,
        inside,
        async (context) => (await upsertRecord(context, data, conflictKeys)).record,
      ),
    );
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
    const filter = requireFilter(query);
    return this.#write(object, options, async ({ executor, model }) => {
      const columns = encodeChanges({ model, data, options, now: new Date().toISOString() });
      return (await executor.execute(compileUpdateMany(model, filter, columns))).rowsAffected;
    });
  }

  async deleteMany(object: string, query: { where: Filter }, options: DriverOptions = {}): Promise<number> {
    const filter = requireFilter(query);
    return this.#write(object, options, async ({ executor, model }) => {
      return (await executor.execute(compileDeleteMany(model, filter))).rowsAffected;
    });
  }

  async beginTransaction(): Promise<DriverTransaction> {
    this.#assertConnected();
    return this.#transactions.add(await this.#connection.begin());
  }

  async commit(transaction: DriverTransaction): Promise<void> {
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
    if (!this.#connected)
      throw new ObjectStackError({ code: 'not_connected', message: 'The driver is not connected.' });
  }

  #executor({ transaction, signal }: DriverOptions): Executor {
    this.#assertConnected();
    throwIfAborted(signal);
    if (!transaction) {
      return {
        execute: (statement) => this.#connection.execute(statement),
        atomic: (statements) => this.#connection.atomic(statements, WRITE),
      };
    }
    const open = this.#transactions.use(transaction);
    return {
      execute: (statement) => open.execute(statement),
      atomic: async (statements) => {
        const results = [];
        for (const statement of statements) results.push(await open.execute(statement));
        return results;
      },
    };
  }

  /** Outside a transaction the metadata may be looked at again; inside, the transaction's own connection is taken. */
  async #model(object: string, options: DriverOptions): Promise<ObjectModel> {
    this.#assertConnected();
    if (object.startsWith(SYSTEM_PREFIX)) {
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
      await this.#metadata.revalidate();
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

  async #inTransaction<T>(options: DriverOptions, work: (inside: DriverOptions) => Promise<T>): Promise<T> {
    if (options.transaction) return work(options);
    const transaction = await this.beginTransaction();
    try {
      const result = await work({ ...options, transaction });
      await this.commit(transaction);
      return result;
    } catch (error) {
      await this.rollback(transaction);
      throw error;
    }
  }

  /** Items one after the other in one transaction: all or none. */
  async #each<I, T>(
    object: string,
    items: readonly I[],
    options: DriverOptions,
    work: (context: WriteContext, item: I) => Promise<T>,
  ): Promise<T[]> {
    return this.#inTransaction(options, (inside) =>
      this.#write(object, inside, async (context) => {
        const results: T[] = [];
        for (const item of items) results.push(await work(context, item));
        return results;
      }),
    );
  }
}

function isAboutSomethingUnknown(error: unknown): boolean {
  if (!ObjectStackError.isInstance(error)) return false;
  const { code, details } = error;
  if (code === 'object_not_found' || code === 'invalid_filter' || code === 'invalid_query') return true;
  const violations =
    code === 'validation_failed' && Array.isArray(details.violations) ? details.violations : [];
  return violations.some(({ rule }) => rule === 'unknown_field');
}
