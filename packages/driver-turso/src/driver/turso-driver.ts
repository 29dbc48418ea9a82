import type {
  AtomicOptions,
  DataRecord,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  QueryExplanation,
  RecordData,
  SqlStatement,
  SqlValue,
  TransactionOptions,
  ValueRow,
  ValuesQueryInput,
} from '@objectstack/spec/contracts';
import type { DriverCapabilities, Filter, ObjectDefinition, QueryInput } from '@objectstack/spec/data';
import type { Connection } from '../connection/connection.js';
import { assertPlainAt, assertPlainStatement } from '../connection/inspect-sql.js';
import { throwIfAborted } from '../connection/throw-if-aborted.js';
import { assertObjects, assertOptions } from './assert-arguments.js';
import { createRecords, deleteRecords, updateRecords } from './bulk-writer.js';
import { TURSO_CAPABILITIES } from './capabilities.js';
import { compileCount } from './compile-query.js';
import { compileValues } from './compile-values.js';
import { compileDeleteMany, compileUpdateMany } from './compile-write.js';
import { decodeRecord, decodeValues } from './decode-record.js';
import { DriverSession, type DriverSessionSettings } from './driver-session.js';
import { encodeChanges } from './encode-record.js';
import { expandRecords, planExpand } from './expand-records.js';
import { invalidFilter } from './filter-error.js';
import type { ObjectModel } from './object-model.js';
import { asksForValues, assertOnlyFilter, assertRecords } from './parse-query.js';
import { prepareFind } from './prepared-find.js';
import { advances, createRecord, deleteRecord, givenAutonumbers, updateRecord } from './record-writer.js';
import { type RecordSource, streamRecords } from './stream-records.js';
import { type SchemaToSync, syncSchemas } from './sync-schema.js';
import { upsertRecord } from './upsert-record.js';

function requireFilter(model: ObjectModel, query: { where?: Filter }): Filter {
  if (query?.where === undefined) throw invalidFilter('/where', 'A filter is required');
  assertOnlyFilter(model, query);
  return query.where;
}

function atMostOne(query: QueryInput): QueryInput {
  if (typeof query !== 'object' || query === null || (query.limit ?? query.top) !== undefined) return query;
  return { ...query, limit: 1 };
}

/** See {@link IDataDriver}; the same for every connection. */
export class TursoDriver implements IDataDriver {
  readonly name = 'turso';
  readonly version = '0.1.0';
  readonly supports: DriverCapabilities;
  readonly #connection: Connection;
  readonly #session: DriverSession;

  constructor(settings: DriverSessionSettings) {
    this.#connection = settings.connection;
    const { lockBudgetMs = null } = settings.connection;
    this.supports = { ...TURSO_CAPABILITIES, lockBudgetMs };
    this.#session = new DriverSession(settings);
  }

  connect(): Promise<void> {
    return this.#session.connect();
  }

  disconnect(): Promise<void> {
    return this.#session.disconnect();
  }

  async checkHealth(): Promise<boolean> {
    if (!this.#session.isConnected) return false;
    return this.#connection.execute({ sql: 'SELECT 1' }).then(
      () => true,
      () => false,
    );
  }

  refresh(): Promise<void> {
    return this.#session.refresh();
  }

  async execute(sql: string, args: readonly SqlValue[] = [], options: DriverOptions = {}) {
    const executor = this.#session.executor(options);
    assertPlainStatement({ sql, args });
    return executor.execute({ sql, args });
  }

  async executeAtomic(statements: readonly SqlStatement[], options: AtomicOptions = {}) {
    this.#session.assertConnected();
    assertOptions(options);
    throwIfAborted(options.signal);
    assertObjects(statements);
    statements.forEach(assertPlainAt);
    const { foreignKeys = 'on', mode = 'write', signal } = options;
    return this.#connection.atomic(statements, { foreignKeys, mode, signal });
  }

  find(object: string, query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord[]>;
  async find(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<ValueRow[]> {
    return this.#session.withModel(object, options, (model) =>
      asksForValues(query) ? this.#selectValues(model, query, options) : this.#select(model, query, options),
    );
  }

  findStream(object: string, query: QueryInput = {}, options: DriverOptions = {}): AsyncIterable<DataRecord> {
    const source: RecordSource = {
      object,
      assertAnswerable: () =>
        this.#session.withModel(object, options, async (model) => {
          assertRecords(query);
          this.#planFind(model, query);
        }),
      find: (part) => this.#session.withModel(object, options, (model) => this.#select(model, part, options)),
    };
    return streamRecords(source, query, options?.signal);
  }

  async findOne(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<DataRecord | null> {
    return this.#session.withModel(object, options, async (model) => {
      assertRecords(query);
      const records = await this.#select(model, atMostOne(query), options);
      return records[0] ?? null;
    });
  }

  async explain(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<QueryExplanation> {
    return this.#session.withModel(object, options, async (model) => {
      const { statement } = asksForValues(query) ? compileValues(model, query) : this.#planFind(model, query);
      const { sql, args = [] } = statement;
      const executor = this.#session.executor(options);
      const { rows } = await executor.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
      return { sql, steps: rows.map(({ detail }) => String(detail)) };
    });
  }

  async count(
    object: string,
    query: Pick<QueryInput, 'where'> = {},
    options: DriverOptions = {},
  ): Promise<number> {
    return this.#session.withModel(object, options, async (model) => {
      const { rows } = await this.#session.executor(options).execute(compileCount(model, query));
      return Number(rows[0]?.count);
    });
  }

  async create(object: string, data: RecordData, options: DriverOptions = {}): Promise<DataRecord> {
    return this.#session.write(object, options, (context) => createRecord(context, data));
  }

  async update(
    object: string,
    id: string,
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#session.write(object, options, (context) => updateRecord(context, id, data));
  }

  async upsert(
    object: string,
    data: RecordData,
    conflictKeys: readonly string[] = ['id'],
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#session.writeAll(object, options, (context) => upsertRecord(context, data, conflictKeys));
  }

  async delete(object: string, id: string, options: DriverOptions = {}): Promise<boolean> {
    return this.#session.write(object, options, (context) => deleteRecord(context, id));
  }

  async bulkCreate(
    object: string,
    data: readonly RecordData[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#session.write(object, options, (context) => createRecords(context, data));
  }

  async bulkUpdate(
    object: string,
    updates: readonly { id: string; data: RecordData }[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#session.write(object, options, (context) => updateRecords(context, updates));
  }

  async bulkDelete(object: string, ids: readonly string[], options: DriverOptions = {}): Promise<void> {
    await this.#session.write(object, options, (context) => deleteRecords(context, ids));
  }

  async updateMany(
    object: string,
    query: { where: Filter },
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<number> {
    return this.#session.write(object, options, async ({ executor, model }) => {
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
    return this.#session.write(object, options, async ({ executor, model }) => {
      return (await executor.execute(compileDeleteMany(model, requireFilter(model, query)))).rowsAffected;
    });
  }

  beginTransaction(options?: TransactionOptions): Promise<DriverTransaction> {
    return this.#session.begin(options);
  }

  commit(transaction: DriverTransaction): Promise<void> {
    return this.#session.commit(transaction);
  }

  rollback(transaction: DriverTransaction): Promise<void> {
    return this.#session.rollback(transaction);
  }

  async syncSchema(object: string, definition: ObjectDefinition): Promise<void> {
    await this.syncSchemasBatch([{ object, definition }]);
  }

  async syncSchemasBatch(schemas: readonly SchemaToSync[]): Promise<void> {
    this.#session.assertConnected();
    assertObjects(schemas);
    await syncSchemas(this, schemas);
  }

  async #selectValues(model: ObjectModel, query: QueryInput, options: DriverOptions): Promise<ValueRow[]> {
    const { statement, columns } = compileValues(model, query);
    const { rows } = await this.#session.executor(options).execute(statement);
    return rows.map((row) => decodeValues(model.name, columns, row));
  }

  #planFind(model: ObjectModel, query: QueryInput) {
    const find = prepareFind(model, query);
    const findModel = (object: string) => this.#session.findModel(object);
    const lookups = query?.expand
      ? planExpand(model, query.expand, { path: '/expand', level: 0, findModel })
      : [];
    return { ...find, lookups };
  }

  async #select(model: ObjectModel, query: QueryInput, options: DriverOptions): Promise<DataRecord[]> {
    const { statement, columns, lookups } = this.#planFind(model, query);
    const executor = this.#session.executor(options);
    const { rows } = await executor.execute(statement);
    const records = rows.map((row) => decodeRecord(model.name, columns, row));
    if (lookups.length > 0) await expandRecords(records, lookups, executor);
    return records;
  }
}
