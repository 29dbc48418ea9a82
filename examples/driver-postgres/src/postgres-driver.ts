import type {
  AbortOptions,
  DataRecord,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  QueryExplanation,
  RecordData,
  SqlResult,
  SqlValue,
  TransactionOptions,
  ValueRow,
  ValuesQueryInput,
} from '@objectstack/spec/contracts';
import type { Filter, ObjectDefinition, QueryInput } from '@objectstack/spec/data';
import { assertListOf, assertRecordData, assertRecordId } from '@objectstack/spec/drivers';
import { ObjectStackError } from '@objectstack/spec/shared';
import manifest from '../package.json' with { type: 'json' };
import { POSTGRES_CAPABILITIES } from './capabilities.js';
import type { Purpose } from './connection/begin.js';
import type { Connection } from './connection/connection.js';
import { driverError } from './driver-error.js';
import { compileWhere } from './query/compile-filter.js';
import { countMatching } from './query/count-matching.js';
import { explainQuery } from './query/explain-query.js';
import { filterToWrite } from './query/filter-to-write.js';
import { parseFilterOnly, rowsKey } from './query/parse-query.js';
import { planRecords, readPage } from './query/record-plan.js';
import { planRows, readRows } from './query/rows-plan.js';
import { streamRecords } from './query/stream-records.js';
import { assertPermitted, executeRaw } from './raw-sql.js';
import type { ObjectTable } from './schema/object-table.js';
import { type Schema, tableOf } from './schema/schema.js';
import { syncSchemas } from './schema/sync-schema.js';
import { Session, type SessionOptions } from './session.js';
import { createRecord, createRecords } from './write/create-records.js';
import { deleteMatching, deleteRecords } from './write/delete-matching.js';
import { updateMatching, updateRecord, updateRecords } from './write/update-records.js';
import { upsertRecord } from './write/upsert-record.js';

export type PostgresDriverOptions = SessionOptions;

type OnTable<T> = (connection: Connection, table: ObjectTable, schema: Schema) => Promise<T>;

interface Call {
  readonly object: string;
  readonly options: DriverOptions;
  readonly purpose: Purpose;
}

/** A data driver on a schema of a PostgreSQL database, version 16 or later. */
export class PostgresDriver implements IDataDriver {
  readonly name = 'postgres';
  readonly version: string = manifest.version;
  readonly supports = POSTGRES_CAPABILITIES;
  readonly #session: Session;

  constructor(options: PostgresDriverOptions) {
    this.#session = new Session(options);
  }

  connect(options: AbortOptions = {}): Promise<void> {
    return this.#session.connect(options);
  }

  disconnect(): Promise<void> {
    return this.#session.disconnect();
  }

  checkHealth(): Promise<boolean> {
    return this.#session.isAlive();
  }

  async refresh(options: AbortOptions = {}): Promise<void> {
    await this.#session.run(options, 'read', async () => undefined);
  }

  async execute(
    sql: string,
    args: readonly SqlValue[] = [],
    options: DriverOptions = {},
  ): Promise<SqlResult> {
    return this.#session.runRaw(options, (connection) => {
      assertPermitted(sql);
      return executeRaw(connection, sql, args);
    });
  }

  async executeAtomic(): Promise<never> {
    this.#session.assertConnected();
    throw driverError('not_supported', { feature: 'migrations' });
  }

  find(object: string, query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord[]>;
  find(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<ValueRow[]> {
    return this.#read(object, options, async (connection, table, schema) => {
      if (rowsKey(query)) return readRows(connection, planRows(table, query));
      return (await readPage(connection, planRecords(schema, table, query))).records;
    });
  }

  findStream(object: string, query: QueryInput = {}, options: DriverOptions = {}): AsyncIterable<DataRecord> {
    return streamRecords({
      object,
      query,
      signal: options?.signal,
      run: (work) => this.#session.run(options, 'read', work),
    });
  }

  findOne(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<DataRecord | null> {
    return this.#read(object, options, async (connection, table, schema) => {
      const plan = planRecords(schema, table, query);
      const page = { ...plan.page, limit: Math.min(plan.page.limit, 1) };
      const { records } = await readPage(connection, plan, page);
      return records[0] ?? null;
    });
  }

  count(object: string, query: Pick<QueryInput, 'where'> = {}, options: DriverOptions = {}): Promise<number> {
    return this.#read(object, options, (connection, table) => {
      const { where } = parseFilterOnly(table, query);
      return countMatching(connection, table, compileWhere(table.fields.values(), where));
    });
  }

  explain(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<QueryExplanation> {
    return this.#read(object, options, (connection, table, schema) =>
      explainQuery(connection, schema, { table, query }),
    );
  }

  create(object: string, data: RecordData, options: DriverOptions = {}): Promise<DataRecord> {
    return this.#write(object, options, (connection, table) =>
      createRecord(connection, table, { data, options }),
    );
  }

  update(object: string, id: string, data: RecordData, options: DriverOptions = {}): Promise<DataRecord> {
    return this.#write(object, options, (connection, table) =>
      updateRecord(connection, table, { id, data, options }),
    );
  }

  async upsert(
    object: string,
    data: RecordData,
    conflictKeys: readonly string[] = ['id'],
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    const upsert = () =>
      this.#write(object, options, (connection, table) =>
        upsertRecord(connection, table, { data, keys: conflictKeys, options }),
      );
    return upsert().catch((error) => {
      // A call of another kind may have created the record in the meantime; it is then found.
      const canRepeat =
        options.transaction === undefined && ObjectStackError.isInstance(error, 'unique_violation');
      if (canRepeat) return upsert();
      throw error;
    });
  }

  delete(object: string, id: string, options: DriverOptions = {}): Promise<boolean> {
    return this.#write(object, options, async (connection, table) => {
      assertRecordId(id);
      return (await deleteRecords(connection, table, [id])) > 0;
    });
  }

  bulkCreate(
    object: string,
    data: readonly RecordData[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#write(object, options, (connection, table) => {
      assertListOf(data, '/data', assertRecordData);
      return createRecords(connection, table, { list: data, options });
    });
  }

  bulkUpdate(
    object: string,
    updates: readonly { id: string; data: RecordData }[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#write(object, options, (connection, table) => {
      assertListOf(updates, '/updates', assertRecordData);
      return updateRecords(connection, table, { updates, options });
    });
  }

  async bulkDelete(object: string, ids: readonly string[], options: DriverOptions = {}): Promise<void> {
    await this.#write(object, options, (connection, table) => {
      assertListOf(ids, '/ids', assertRecordId);
      return deleteRecords(connection, table, ids);
    });
  }

  updateMany(
    object: string,
    query: { where: Filter },
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<number> {
    return this.#write(object, options, (connection, table) =>
      updateMatching(connection, table, { where: filterToWrite(table, query), data, options }),
    );
  }

  deleteMany(object: string, query: { where: Filter }, options: DriverOptions = {}): Promise<number> {
    return this.#write(object, options, (connection, table) =>
      deleteMatching(connection, table, filterToWrite(table, query)),
    );
  }

  beginTransaction(options: TransactionOptions = {}): Promise<DriverTransaction> {
    return this.#session.begin(options);
  }

  commit(transaction: DriverTransaction): Promise<void> {
    return this.#session.commit(transaction);
  }

  rollback(transaction: DriverTransaction): Promise<void> {
    return this.#session.rollback(transaction);
  }

  syncSchema(object: string, definition: ObjectDefinition, options?: AbortOptions): Promise<void> {
    return this.syncSchemasBatch([{ object, definition }], options);
  }

  async syncSchemasBatch(
    schemas: readonly { object: string; definition: ObjectDefinition }[],
    options: AbortOptions = {},
  ): Promise<void> {
    await this.#session.run(options, 'deploy', async (connection, schema) => {
      assertListOf(schemas, '/schemas', assertRecordData);
      await syncSchemas(connection, schema, schemas);
    });
  }

  #read<T>(object: string, options: DriverOptions, work: OnTable<T>): Promise<T> {
    return this.#on({ object, options, purpose: 'read' }, work);
  }

  #write<T>(object: string, options: DriverOptions, work: OnTable<T>): Promise<T> {
    return this.#on({ object, options, purpose: 'write' }, work);
  }

  #on<T>({ object, options, purpose }: Call, work: OnTable<T>): Promise<T> {
    return this.#session.run(options, purpose, (connection, schema) =>
      work(connection, tableOf(schema, object), schema),
    );
  }
}
