import type {
  AbortOptions,
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
import { breathe } from '@objectstack/spec/shared';
import { assertPlainAt, assertPlainInside, assertPlainStatement } from '../connection/inspect-sql.js';
import { assertObjects } from './assert-arguments.js';
import { createRecords, deleteRecords, updateRecords } from './bulk-writer.js';
import { TURSO_CAPABILITIES } from './capabilities.js';
import { compileCount, compileFind } from './compile-query.js';
import { compileValues } from './compile-values.js';
import { compileDeleteMany, compileUpdateMany } from './compile-write.js';
import { DriverSession, type DriverSessionSettings } from './driver-session.js';
import { encodeChanges } from './encode-record.js';
import { explainAtomic } from './explain-atomic.js';
import { idList, namingLookups, namingReferrers } from './explain-foreign-key.js';
import { invalidFilter } from './filter-error.js';
import type { ObjectModel } from './object-model.js';
import { asksForValues, assertOnlyFilter, assertRecords } from './parse-query.js';
import { unguardedRead } from './read-statement.js';
import { advances, createRecord, deleteRecord, givenAutonumbers, updateRecord } from './record-writer.js';
import { planFind, selectPages, selectRecords, selectValues } from './select-records.js';
import { type RecordSource, streamRecords } from './stream-records.js';
import { type SchemaToSync, syncSchemas } from './sync-schema.js';
import { upsertRecord } from './upsert-record.js';
import { withTypedErrors, withTypedErrorsIn } from './with-typed-errors.js';

function requireFilter(model: ObjectModel, query: { where?: Filter }): Filter {
  if (query?.where === undefined) throw invalidFilter('/where', 'A filter is required');
  assertOnlyFilter(model, query);
  return query.where;
}

function atMostOne(query: QueryInput): QueryInput {
  if (typeof query !== 'object' || query === null || (query.limit ?? query.top) !== undefined) return query;
  return { ...query, limit: 1 };
}

/** Implements {@link IDataDriver} on any {@link Connection}. */
export class TursoDriver implements IDataDriver {
  readonly name = 'turso';
  readonly version = '0.1.0';
  readonly supports: DriverCapabilities;
  readonly #session: DriverSession;

  constructor(settings: DriverSessionSettings) {
    const { lockBudgetMs = null } = settings.connection;
    this.supports = { ...TURSO_CAPABILITIES, lockBudgetMs };
    this.#session = new DriverSession(settings);
  }

  connect(options?: AbortOptions): Promise<void> {
    return this.#session.connect(options);
  }

  disconnect(): Promise<void> {
    return this.#session.disconnect();
  }

  async checkHealth(): Promise<boolean> {
    if (!this.#session.isConnected) return false;
    const executor = this.#session.executor({});
    return executor.execute({ sql: 'SELECT 1' }).then(
      () => true,
      () => false,
    );
  }

  refresh(options?: AbortOptions): Promise<void> {
    return this.#session.refresh(options);
  }

  execute(sql: string, args: readonly SqlValue[] = [], options: DriverOptions = {}) {
    return withTypedErrors(async () => {
      const executor = this.#session.executor(options);
      const statement = { sql, args };
      if (options.transaction) {
        assertPlainInside(statement);
        return executor.execute(statement);
      }
      assertPlainStatement(statement);
      const request = { ...this.#session.request(options.signal), foreignKeys: 'on', mode: 'write' } as const;
      const ran = { statements: [statement], request };
      return explainAtomic(this.#session, ran, () => executor.execute(statement));
    });
  }

  executeAtomic(statements: readonly SqlStatement[], options: AtomicOptions = {}) {
    return withTypedErrors(() => this.#executeAtomic(statements, options));
  }

  async #executeAtomic(statements: readonly SqlStatement[], options: AtomicOptions) {
    this.#session.assertCallable(options);
    assertObjects(statements);
    const { foreignKeys = 'on', mode = 'write', signal } = options;
    for (const [index, statement] of statements.entries()) {
      await breathe();
      assertPlainAt(statement, index, mode);
    }
    const request = { ...this.#session.request(signal), foreignKeys, mode };
    return explainAtomic(this.#session, { statements, request }, () =>
      this.#session.atomic(statements, request),
    );
  }

  find(object: string, query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord[]>;
  async find(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<ValueRow[]> {
    return this.#session.run<ValueRow[]>(object, options, (operation) =>
      asksForValues(query) ? selectValues(operation, query) : selectRecords(operation, query),
    );
  }

  findStream(object: string, query: QueryInput = {}, options: DriverOptions = {}): AsyncIterable<DataRecord> {
    const selectPage = selectPages();
    const source: RecordSource = {
      object,
      assertAnswerable: () =>
        this.#session.run(object, options, async (operation) => {
          assertRecords(query);
          planFind(operation, query);
        }),
      find: (part) => this.#session.run(object, options, (operation) => selectPage(operation, part)),
    };
    return withTypedErrorsIn(() => streamRecords(source, query, options?.signal));
  }

  async findOne(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<DataRecord | null> {
    return this.#session.run(object, options, async (operation) => {
      assertRecords(query);
      const records = await selectRecords(operation, atMostOne(query));
      return records[0] ?? null;
    });
  }

  async explain(
    object: string,
    query: QueryInput = {},
    options: DriverOptions = {},
  ): Promise<QueryExplanation> {
    return this.#session.run(object, options, async (operation) => {
      const { statement } = asksForValues(query)
        ? compileValues(operation.model, query)
        : planFind(operation, query);
      const { sql, args = [] } = unguardedRead(statement);
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
    return this.#session.run(object, options, async ({ model, executor }) => {
      const { rows } = await executor.read(compileCount(model, query));
      return Number(rows[0]?.count);
    });
  }

  async create(object: string, data: RecordData, options: DriverOptions = {}): Promise<DataRecord> {
    return this.#session.run(object, options, (operation) =>
      namingLookups(operation, [data], () => createRecord(operation, data)),
    );
  }

  async update(
    object: string,
    id: string,
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#session.run(object, options, (operation) =>
      namingLookups(operation, [data], () => updateRecord(operation, id, data)),
    );
  }

  async upsert(
    object: string,
    data: RecordData,
    conflictKeys: readonly string[] = ['id'],
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return withTypedErrors(() =>
      this.#session.runInTransaction(object, options, (operation) =>
        namingLookups(operation, [data], () => upsertRecord(operation, data, conflictKeys)),
      ),
    );
  }

  async delete(object: string, id: string, options: DriverOptions = {}): Promise<boolean> {
    return this.#session.run(object, options, (operation) =>
      namingReferrers(
        operation,
        () => idList([id]),
        () => deleteRecord(operation, id),
      ),
    );
  }

  async bulkCreate(
    object: string,
    data: readonly RecordData[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#session.run(object, options, (operation) =>
      namingLookups(operation, data, () => createRecords(operation, data)),
    );
  }

  async bulkUpdate(
    object: string,
    updates: readonly { id: string; data: RecordData }[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#session.run(object, options, (operation) => {
      const records = () => updates.map(({ data }) => data);
      return namingLookups(operation, records, () => updateRecords(operation, updates));
    });
  }

  async bulkDelete(object: string, ids: readonly string[], options: DriverOptions = {}): Promise<void> {
    await this.#session.run(object, options, (operation) =>
      namingReferrers(
        operation,
        () => idList(ids),
        () => deleteRecords(operation, ids),
      ),
    );
  }

  async updateMany(
    object: string,
    query: { where: Filter },
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<number> {
    return this.#session.run(object, options, async (operation) => {
      const { executor, model } = operation;
      const filter = requireFilter(model, query);
      const now = new Date().toISOString();
      const columns = encodeChanges({ model, data, options, now });
      const update = compileUpdateMany(model, filter, columns);
      const counted = advances(model.name, givenAutonumbers(model, data), data, now);
      const write = async () =>
        counted.length === 0 ? [await executor.execute(update)] : executor.atomic([...counted, update]);
      const results = await namingLookups(operation, [data], write);
      return results.at(-1)?.rowsAffected ?? 0;
    });
  }

  async deleteMany(object: string, query: { where: Filter }, options: DriverOptions = {}): Promise<number> {
    return this.#session.run(object, options, async (operation) => {
      const { executor, model } = operation;
      const where = requireFilter(model, query);
      const ids = () => unguardedRead(compileFind(model, { where, fields: ['id'] }).statement);
      const statement = compileDeleteMany(model, where);
      return (await namingReferrers(operation, ids, () => executor.execute(statement))).rowsAffected;
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

  async syncSchema(object: string, definition: ObjectDefinition, options?: AbortOptions): Promise<void> {
    await this.syncSchemasBatch([{ object, definition }], options);
  }

  syncSchemasBatch(schemas: readonly SchemaToSync[], options: AbortOptions = {}): Promise<void> {
    return withTypedErrors(async () => {
      this.#session.assertCallable(options);
      assertObjects(schemas);
      await syncSchemas(this, schemas, options);
    });
  }
}
