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
import type {
  DefaultContext,
  DriverCapabilities,
  Filter,
  ObjectDefinition,
  QueryInput,
} from '@objectstack/spec/data';
import { notSupported, throwIfAborted } from '@objectstack/spec/shared';
import manifest from '../../package.json' with { type: 'json' };
import { assertId, assertIds, assertObjects, assertOptions } from './assert-arguments.js';
import { describeLookup } from './index-lookup.js';
import { matchingRecords, recordsToWrite } from './matching-records.js';
import { MemoryDatabase } from './memory-database.js';
import { notSupportedInMemory } from './memory-error.js';
import { MemorySession } from './memory-session.js';
import { tableOf, withoutRecord } from './memory-store.js';
import type { MemoryTable } from './memory-table.js';
import { assertOnlyFilter, parseMemoryQuery, valuesKeys } from './parse-memory-query.js';
import { parseSchema } from './parse-schema.js';
import { readPages } from './read-pages.js';
import { selectRecords } from './select-records.js';
import { selectValues } from './select-values.js';
import { updateMatching } from './update-matching.js';
import { withSchema } from './with-schema.js';
import { optionsAt, writeAll } from './write-all.js';
import { createRecord, updateRecord, upsertRecord, type Written } from './write-record.js';

export interface MemoryDriverOptions {
  /** Database shared with other drivers. Default: a new one. */
  readonly database?: MemoryDatabase;
  /** Idle time after which a transaction is rolled back, in milliseconds. */
  readonly transactionTimeoutMs?: number;
  /** Evaluates defaults that are expressions. Without it, they are not applied. */
  readonly evaluate?: DefaultContext['evaluate'];
}

const recordWritten = ({ store, record }: Written) => [store, record] as const;

/** Minimal reference implementation of {@link IDataDriver}: all data is in memory, without SQL. */
export class MemoryDriver implements IDataDriver {
  readonly name = 'memory';
  readonly version: string = manifest.version;
  readonly supports: DriverCapabilities;
  readonly transactionTimeoutMs: number;
  readonly #session: MemorySession;
  readonly #evaluate: DefaultContext['evaluate'];

  constructor({
    database = new MemoryDatabase(),
    transactionTimeoutMs = 5_000,
    evaluate,
  }: MemoryDriverOptions = {}) {
    this.#evaluate = evaluate;
    this.supports = database.supports;
    this.transactionTimeoutMs = transactionTimeoutMs;
    this.#session = new MemorySession(database, transactionTimeoutMs);
  }

  get isConnected(): boolean {
    return this.#session.isConnected;
  }

  async connect(options: AbortOptions = {}): Promise<void> {
    this.#session.connect(options);
  }

  async disconnect(): Promise<void> {
    this.#session.disconnect();
  }

  async checkHealth(): Promise<boolean> {
    return this.#session.isConnected;
  }

  async refresh(options: AbortOptions = {}): Promise<void> {
    await this.#session.run(options, () => undefined);
  }

  async execute(): Promise<never> {
    this.#session.assertConnected();
    throw notSupportedInMemory('SQL');
  }

  async executeAtomic(): Promise<never> {
    return this.execute();
  }

  find(object: string, query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord[]>;
  async find(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<ValueRow[]> {
    return this.#session.read(object, options, (table, store) =>
      valuesKeys(query).length > 0 ? selectValues(table, query) : selectRecords(store, table, query),
    );
  }

  async *findStream(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): AsyncGenerator<DataRecord> {
    const read = (part: QueryInput) =>
      this.#session.read(object, options, (table, store) => selectRecords(store, table, part));
    for await (const record of readPages(read, query)) {
      throwIfAborted(options.signal);
      yield record;
    }
  }

  async findOne(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<DataRecord | null> {
    return this.#session.read(
      object,
      options,
      (table, store) => selectRecords(store, table, query)[0] ?? null,
    );
  }

  async count(object: string, query: Pick<QueryInput, 'where'> = {}, options: DriverOptions = {}) {
    return this.#session.read(object, options, (table) => {
      assertOnlyFilter(table, query);
      return matchingRecords(table, query.where).length;
    });
  }

  async explain(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<QueryExplanation> {
    return this.#session.read(object, options, (table, store) => {
      parseMemoryQuery(table, query);
      if (valuesKeys(query).length > 0) selectValues(table, query);
      else selectRecords(store, table, query);
      return { sql: `read the records of ${object}`, steps: [describeLookup(table, query.where)] };
    });
  }

  async create(object: string, data: RecordData, options: DriverOptions = {}): Promise<DataRecord> {
    return this.#session.write(options, (store) =>
      recordWritten(createRecord(store, { object, data, options })),
    );
  }

  async update(
    object: string,
    id: string,
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#session.write(options, (store) =>
      recordWritten(updateRecord(store, id, { object, data, options })),
    );
  }

  async upsert(
    object: string,
    data: RecordData,
    conflictKeys: readonly string[] = ['id'],
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#session.write(options, (store) =>
      recordWritten(upsertRecord(store, conflictKeys, { object, data, options })),
    );
  }

  async delete(object: string, id: string, options: DriverOptions = {}): Promise<boolean> {
    return this.#session.write(options, (store) => {
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
    return this.#session.write(options, (store) => {
      tableOf(store, object);
      assertObjects(data, '/data');
      const written = writeAll({ store, object, items: data }, (next, item, index) =>
        createRecord(next, { object, data: item, options: optionsAt(options, index) }),
      );
      return [written.store, written.records];
    });
  }

  async bulkUpdate(
    object: string,
    updates: readonly { id: string; data: RecordData }[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#session.write(options, (store) => {
      tableOf(store, object);
      assertObjects(updates, '/updates');
      const written = writeAll({ store, object, items: updates }, (next, { id, data }, index) =>
        updateRecord(next, id, {
          object,
          data,
          options: optionsAt(options, index),
          path: `/updates/${index}`,
        }),
      );
      return [written.store, written.records];
    });
  }

  async bulkDelete(object: string, ids: readonly string[], options: DriverOptions = {}): Promise<void> {
    return this.#session.write(options, (store) => {
      tableOf(store, object);
      assertIds(ids, '/ids');
      return [ids.reduce((next, id) => withoutRecord(next, object, id), store), undefined];
    });
  }

  async updateMany(
    object: string,
    query: { where: Filter },
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<number> {
    return this.#session.write(options, (store) => {
      const table = tableOf(store, object);
      const changed = updateMatching({ store, table }, query, { object, data, options });
      return [changed.store, changed.count];
    });
  }

  async deleteMany(object: string, query: { where: Filter }, options: DriverOptions = {}): Promise<number> {
    return this.#session.write(options, (store) => {
      const records = recordsToWrite(tableOf(store, object), query);
      return [records.reduce((next, { id }) => withoutRecord(next, object, id), store), records.length];
    });
  }

  async beginTransaction(options: TransactionOptions = {}): Promise<DriverTransaction> {
    this.#session.assertConnected();
    assertOptions(options);
    const { isolationLevel } = options;
    if (isolationLevel !== undefined && !this.supports.isolationLevels.includes(isolationLevel))
      throw notSupported('transaction_isolation', isolationLevel);
    return this.#session.begin(options);
  }

  async commit(transaction: DriverTransaction): Promise<void> {
    this.#session.commit(transaction);
  }

  async rollback(transaction: DriverTransaction): Promise<void> {
    this.#session.rollback(transaction);
  }

  async syncSchema(object: string, definition: ObjectDefinition, options?: AbortOptions): Promise<void> {
    await this.syncSchemasBatch([{ object, definition }], options);
  }

  async syncSchemasBatch(
    schemas: readonly { object: string; definition: ObjectDefinition }[],
    options: AbortOptions = {},
  ): Promise<void> {
    this.#session.assertConnected();
    assertObjects(schemas, '/schemas');
    assertOptions(options);
    const deploy = (wanted: readonly MemoryTable[]) =>
      this.#session.write(options, (store) => [wanted.reduce(withSchema, store), undefined]);
    const settings = { supports: this.supports, evaluate: this.#evaluate };
    const parse = (schema: (typeof schemas)[number]) => parseSchema(schema, settings);
    throwIfAborted(options.signal);
    if (this.supports.atomicBatchSchemaSync) return deploy(schemas.map(parse));
    for (const schema of schemas) await deploy([parse(schema)]);
  }
}
