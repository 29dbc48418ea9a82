import type {
  AbortOptions,
  AtomicOptions,
  DataRecord,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  QueryExplanation,
  RecordData,
  SqlResult,
  SqlStatement,
  SqlValue,
  TransactionOptions,
  ValueRow,
  ValuesQueryInput,
} from '@objectstack/spec/contracts';
import type { DriverCapabilities, Filter, ObjectDefinition, QueryInput } from '@objectstack/spec/data';
import manifest from '../../package.json' with { type: 'json' };
import { countRecords } from './count-records.js';
import { createRecord } from './create-record.js';
import { createRecords } from './create-records.js';
import { deleteMatching } from './delete-matching.js';
import { deleteRecord } from './delete-record.js';
import { deleteRecords } from './delete-records.js';
import { DriverSession, type DriverSessionSettings } from './driver-session.js';
import { explainQuery } from './explain-query.js';
import { findStream } from './find-stream.js';
import { namingLookups } from './naming-lookups.js';
import { idList, namingReferrers } from './naming-referrers.js';
import { ObjectCalls } from './object-calls.js';
import { asksForValues } from './parse-query.js';
import { RawCalls } from './raw-calls.js';
import { selectOne } from './select-one.js';
import { selectRecords, selectValues } from './select-records.js';
import { type SchemaToSync, syncSchemas } from './sync-schemas.js';
import { TransactionCalls } from './transaction-calls.js';
import { TURSO_CAPABILITIES } from './turso-capabilities.js';
import { updateMatching } from './update-matching.js';
import { updateRecord } from './update-record.js';
import { updateRecords } from './update-records.js';
import { upsertRecord } from './upsert-record.js';

/** Implements {@link IDataDriver} on any {@link Connection}: one function for each call, on the state of one session. */
export class TursoDriver implements IDataDriver {
  readonly name = 'turso';
  readonly version: string = manifest.version;
  readonly supports: DriverCapabilities;
  readonly #session: DriverSession;
  readonly #transactions: TransactionCalls;
  readonly #raw: RawCalls;
  readonly #objects: ObjectCalls;

  constructor(settings: DriverSessionSettings) {
    this.supports = { ...TURSO_CAPABILITIES, lockBudgetMs: settings.connection.lockBudgetMs ?? null };
    this.#session = new DriverSession(settings);
    this.#transactions = new TransactionCalls(this.#session);
    this.#raw = new RawCalls(this.#session);
    this.#objects = new ObjectCalls(this.#session, this.#transactions);
  }

  connect(options?: AbortOptions): Promise<void> {
    return this.#session.connect(options);
  }

  disconnect(): Promise<void> {
    return this.#session.disconnect();
  }

  checkHealth(): Promise<boolean> {
    return this.#raw.isReachable();
  }

  refresh(options?: AbortOptions): Promise<void> {
    return this.#session.refresh(options);
  }

  execute(sql: string, args: readonly SqlValue[] = [], options: DriverOptions = {}): Promise<SqlResult> {
    return this.#raw.execute(sql, args, options);
  }

  executeAtomic(statements: readonly SqlStatement[], options: AtomicOptions = {}): Promise<SqlResult[]> {
    return this.#raw.executeAtomic(statements, options);
  }

  find(object: string, query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord[]>;
  find(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<ValueRow[]> {
    return this.#objects.run<ValueRow[]>(object, options, (operation) =>
      asksForValues(query) ? selectValues(operation, query) : selectRecords(operation, query),
    );
  }

  findStream(object: string, query: QueryInput = {}, options: DriverOptions = {}): AsyncIterable<DataRecord> {
    return findStream(this.#objects, { object, query, options });
  }

  findOne(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<DataRecord | null> {
    return this.#objects.run(object, options, (operation) => selectOne(operation, query));
  }

  explain(object: string, query: QueryInput = {}, options: DriverOptions = {}): Promise<QueryExplanation> {
    return this.#objects.run(object, options, (operation) =>
      explainQuery(operation, query, this.#session.executor(options)),
    );
  }

  count(object: string, query: Pick<QueryInput, 'where'> = {}, options: DriverOptions = {}): Promise<number> {
    return this.#objects.run(object, options, (operation) => countRecords(operation, query));
  }

  create(object: string, data: RecordData, options: DriverOptions = {}): Promise<DataRecord> {
    return this.#objects.run(object, options, (operation) =>
      namingLookups(operation, [data], () => createRecord(operation, data)),
    );
  }

  update(object: string, id: string, data: RecordData, options: DriverOptions = {}): Promise<DataRecord> {
    return this.#objects.run(object, options, (operation) =>
      namingLookups(operation, [data], () => updateRecord(operation, id, data)),
    );
  }

  upsert(
    object: string,
    data: RecordData,
    conflictKeys: readonly string[] = ['id'],
    options: DriverOptions = {},
  ): Promise<DataRecord> {
    return this.#objects.runInTransaction(object, options, (operation) =>
      namingLookups(operation, [data], () => upsertRecord(operation, data, conflictKeys)),
    );
  }

  delete(object: string, id: string, options: DriverOptions = {}): Promise<boolean> {
    return this.#objects.run(object, options, (operation) =>
      namingReferrers(operation, idList([id]), () => deleteRecord(operation, id)),
    );
  }

  bulkCreate(
    object: string,
    data: readonly RecordData[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#objects.run(object, options, (operation) =>
      namingLookups(operation, data, () => createRecords(operation, data)),
    );
  }

  bulkUpdate(
    object: string,
    updates: readonly { id: string; data: RecordData }[],
    options: DriverOptions = {},
  ): Promise<DataRecord[]> {
    return this.#objects.run(object, options, (operation) => {
      const records = () => updates.map(({ data }) => data);
      return namingLookups(operation, records, () => updateRecords(operation, updates));
    });
  }

  bulkDelete(object: string, ids: readonly string[], options: DriverOptions = {}): Promise<void> {
    return this.#objects.run(object, options, (operation) =>
      namingReferrers(operation, idList(ids), () => deleteRecords(operation, ids)),
    );
  }

  updateMany(
    object: string,
    query: { where: Filter },
    data: RecordData,
    options: DriverOptions = {},
  ): Promise<number> {
    return this.#objects.run(object, options, (operation) => updateMatching(operation, query, data));
  }

  deleteMany(object: string, query: { where: Filter }, options: DriverOptions = {}): Promise<number> {
    return this.#objects.run(object, options, (operation) => deleteMatching(operation, query));
  }

  beginTransaction(options?: TransactionOptions): Promise<DriverTransaction> {
    return this.#transactions.begin(options);
  }

  commit(transaction: DriverTransaction): Promise<void> {
    return this.#transactions.commit(transaction);
  }

  rollback(transaction: DriverTransaction): Promise<void> {
    return this.#transactions.rollback(transaction);
  }

  syncSchema(object: string, definition: ObjectDefinition, options?: AbortOptions): Promise<void> {
    return this.syncSchemasBatch([{ object, definition }], options);
  }

  syncSchemasBatch(schemas: readonly SchemaToSync[], options: AbortOptions = {}): Promise<void> {
    return syncSchemas({ driver: this, session: this.#session }, schemas, options);
  }
}
