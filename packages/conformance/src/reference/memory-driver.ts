import type {
  AbortOptions,
  DataRecord,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  QueryExplanation,
  RecordData,
  TransactionOptions,
  ValueRow,
  ValuesQueryInput,
} from '@objectstack/spec/contracts';
import {
  type Filter,
  type ObjectDefinition,
  ObjectDefinitionSchema,
  type QueryInput,
} from '@objectstack/spec/data';
import { notSupported, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import manifest from '../../package.json' with { type: 'json' };
import { assertId, assertList, assertObjects, assertOptions } from './assert-arguments.js';
import { matchFilter } from './match-filter.js';
import { MEMORY_CAPABILITIES } from './memory-capabilities.js';
import { MemoryDatabase } from './memory-database.js';
import { memoryError } from './memory-error.js';
import {
  assertReferences,
  type MemoryStore,
  tableOf,
  withoutRecord,
  withRecord,
  withSchema,
} from './memory-store.js';
import { type MemoryTable, memoryTable } from './memory-table.js';
import { MemoryTransactions } from './memory-transactions.js';
import { assertOnlyFilter, parseMemoryQuery, valuesKey } from './parse-memory-query.js';
import { selectRecords } from './select-records.js';
import { selectValues } from './select-values.js';
import { changesOf, createRecord, updateRecord, upsertRecord, writeAll } from './write-record.js';

export interface MemoryDriverOptions {
  /** Database shared with other drivers. Default: a new one. */
  readonly database?: MemoryDatabase;
  /** Idle time after which a transaction is rolled back, in milliseconds. */
  readonly transactionTimeoutMs?: number;
}

/** The store after a write, and the result of the call. */
type Change<T> = (store: MemoryStore) => readonly [MemoryStore, T];

/** Minimal reference implementation of {@link IDataDriver}: all data is in memory, without SQL. */
export class MemoryDriver implements IDataDriver {
  readonly name = 'memory';
  readonly version: string = manifest.version;
  readonly supports = MEMORY_CAPABILITIES;
  readonly #database: MemoryDatabase;
  readonly #transactions: MemoryTransactions;
  #isConnected = false;

  constructor({ database = new MemoryDatabase(), transactionTimeoutMs = 5_000 }: MemoryDriverOptions = {}) {
    this.#database = database;
    this.#transactions = new MemoryTransactions(database, transactionTimeoutMs);
  }

  async connect({ signal }: AbortOptions = {}): Promise<void> {
    throwIfAborted(signal);
    this.#isConnected = true;
  }

  async disconnect(): Promise<void> {
    this.#isConnected = false;
    this.#transactions.rollbackAll();
  }

  async checkHealth(): Promise<boolean> {
    return this.#isConnected;
  }

  async refresh(options: AbortOptions = {}): Promise<void> {
    await this.#run(options, () => undefined);
  }

  async execute(): Promise<never> {
    this.#assertConnected();
    throw new ObjectStackError({
      code: 'not_supported',
      message: 'The in-memory driver does not support SQL.',
    });
  }

  async executeAtomic(): Promise<never> {
    return this.execute();
  }

  find(object: string, query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord[]>;
  async find(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<ValueRow[]> {
    return this.#read(object, options, (table, store) =>
      valuesKey(query) ? selectValues(table, query) : selectRecords(store, table, query),
    );
  }

  async *findStream(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): AsyncGenerator<DataRecord> {
    const records = await this.#read(object, options, (table, store) => selectRecords(store, table, query));
    for (const record of records) {
      throwIfAborted(options.signal);
      yield record;
    }
  }

  async findOne(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<DataRecord | null> {
    return this.#read(object, options, (table, store) => selectRecords(store, table, query)[0] ?? null);
  }

  async count(object: string, query: Pick<QueryInput, 'where'> = {}, options: DriverOptions = {}) {
    return this.#read(object, options, (table) => {
      assertOnlyFilter(table, query);
      return this.#matching(table, query.where).length;
    });
  }

  async explain(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<QueryExplanation> {
    return this.#read(object, options, (table, store) => {
      parseMemoryQuery(table, query);
      if (valuesKey(query)) selectValues(table, query);
      else selectRecords(store, table, query);
      return { sql: `scan the records of ${object}`, steps: [`SCAN ${object}`] };
    });
  }

  async create(object: string, data: RecordData, options: DriverOptions = {}): Promise<DataRecord> {
    return this.#write(options, (store) => {
      const written = createRecord(store, { object, data, options });
      return [written.store, written.record];
    });
  }

  async update(
    object: string,
    id: string,
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#write(options, (store) => {
      const written = updateRecord(store, id, { object, data, options });
      return [written.store, written.record];
    });
  }

  async upsert(
    object: string,
    data: RecordData,
    conflictKeys: readonly string[] = ['id'],
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#write(options, (store) => {
      const written = upsertRecord(store, conflictKeys, { object, data, options });
      return [written.store, written.record];
    });
  }

  async delete(object: string, id: string, options: DriverOptions = {}): Promise<boolean> {
    return this.#write(options, (store) => {
      assertId(id);
      const exists = tableOf(store, object).records.has(id);
      return [withoutRecord(store, object, id), exists];
    });
  }

  async bulkCreate(
    object: string,
    data: readonly RecordData[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#write(options, (store) => {
      tableOf(store, object);
      assertObjects(data);
      const written = writeAll(store, data, (next, item) =>
        createRecord(next, { object, data: item, options }),
      );
      return [written.store, written.records];
    });
  }

  async bulkUpdate(
    object: string,
    updates: readonly { id: string; data: RecordData }[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#write(options, (store) => {
      tableOf(store, object);
      assertObjects(updates);
      const written = writeAll(store, updates, (next, { id, data }) =>
        updateRecord(next, id, { object, data, options }),
      );
      return [written.store, written.records];
    });
  }

  async bulkDelete(object: string, ids: readonly string[], options: DriverOptions = {}): Promise<void> {
    return this.#write(options, (store) => {
      tableOf(store, object);
      assertList(ids);
      Array.from(ids).forEach(assertId);
      return [ids.reduce((next, id) => withoutRecord(next, object, id), store), undefined];
    });
  }

  async updateMany(
    object: string,
    query: { where: Filter },
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<number> {
    return this.#write(options, (store) => {
      const table = tableOf(store, object);
      const records = this.#required(table, query);
      const changes = changesOf(table, data, options);
      const next = records.reduce(
        (current, record) => withRecord(current, object, { ...record, ...changes }),
        store,
      );
      return [next, records.length];
    });
  }

  async deleteMany(object: string, query: { where: Filter }, options: DriverOptions = {}): Promise<number> {
    return this.#write(options, (store) => {
      const records = this.#required(tableOf(store, object), query);
      return [records.reduce((next, { id }) => withoutRecord(next, object, id), store), records.length];
    });
  }

  async beginTransaction(options: TransactionOptions = {}): Promise<DriverTransaction> {
    this.#assertConnected();
    assertOptions(options);
    const { isolationLevel, signal } = options;
    if (isolationLevel !== undefined && !this.supports.isolationLevels.includes(isolationLevel))
      throw notSupported('transaction_isolation', isolationLevel);
    throwIfAborted(signal);
    const transaction = await this.#transactions.begin(options);
    if (this.#isConnected) return transaction;
    this.#transactions.rollback(transaction);
    throw memoryError('not_connected');
  }

  async commit(transaction: DriverTransaction): Promise<void> {
    this.#assertConnected();
    this.#transactions.commit(transaction);
  }

  async rollback(transaction: DriverTransaction): Promise<void> {
    this.#transactions.rollback(transaction);
  }

  async syncSchema(object: string, definition: ObjectDefinition, options?: AbortOptions): Promise<void> {
    await this.syncSchemasBatch([{ object, definition }], options);
  }

  async syncSchemasBatch(
    schemas: readonly { object: string; definition: ObjectDefinition }[],
    options: AbortOptions = {},
  ): Promise<void> {
    this.#assertConnected();
    assertObjects(schemas);
    assertOptions(options);
    const wanted = schemas.map(({ object, definition }) => {
      const parsed = ObjectDefinitionSchema.safeParse(definition);
      if (!parsed.success || parsed.data.name !== object) throw memoryError('invalid_request');
      return memoryTable(parsed.data);
    });
    await this.#write(options, (store) => [wanted.reduce(withSchema, store), undefined]);
  }

  #assertConnected(): void {
    if (!this.#isConnected) throw memoryError('not_connected');
  }

  #matching(table: MemoryTable, where: Filter | undefined): DataRecord[] {
    const matches = where === undefined ? () => true : matchFilter(table.fields, where);
    return [...table.records.values()].filter(matches);
  }

  #required(table: MemoryTable, query: { where: Filter }): DataRecord[] {
    if (query?.where === undefined) throw memoryError('invalid_filter', { path: '/where' });
    assertOnlyFilter(table, query);
    return this.#matching(table, query.where);
  }

  /** Outside of a transaction, a call waits until no other driver has an open transaction. */
  async #run<T>(options: DriverOptions, work: () => T): Promise<T> {
    this.#assertConnected();
    assertOptions(options);
    const { transaction, signal } = options;
    throwIfAborted(signal);
    if (transaction) {
      this.#transactions.use(transaction);
      return work();
    }
    await this.#database.take(signal);
    try {
      this.#assertConnected();
      return work();
    } finally {
      this.#database.release();
    }
  }

  #read<T>(
    object: string,
    options: DriverOptions,
    read: (table: MemoryTable, store: MemoryStore) => T,
  ): Promise<T> {
    return this.#run(options, () => read(tableOf(this.#database.store, object), this.#database.store));
  }

  #write<T>(options: DriverOptions, change: Change<T>): Promise<T> {
    return this.#run(options, () => {
      const [store, answer] = change(this.#database.store);
      if (!options.transaction) assertReferences(store);
      this.#database.store = store;
      return structuredClone(answer);
    });
  }
}
