import type { DriverCapabilities } from '../data/driver.zod.js';
import type { Filter } from '../data/filter.zod.js';
import type { ObjectDefinition } from '../data/object.zod.js';
import type { QueryInput } from '../data/query.zod.js';
import type {
  AbortOptions,
  AtomicOptions,
  DataRecord,
  DriverOptions,
  DriverTransaction,
  QueryExplanation,
  RecordData,
  TransactionOptions,
  ValueRow,
  ValuesQueryInput,
} from './driver-call.js';
import type { SqlResult, SqlStatement, SqlValue } from './sql-database.js';

/**
 * Reads and writes the records of one tenant's database by their metadata.
 *
 * Before `connect` and after `disconnect` every method but `connect`, `disconnect`, `checkHealth` and `rollback` rejects
 * with `not_connected`. What `supports` denies is refused as `not_supported`. Any method may reject with `aborted`,
 * `database_blocked`, `database_busy`, `database_full`, `database_invalid`, `database_not_found`, `database_unreachable`,
 * `request_timeout`, `sql_error` or `unauthorized`; one that takes an object name with `object_not_found`.
 *
 * Every read and write of an object runs under exactly one version of its metadata: the latest when it runs, or in a
 * transaction the one at its beginning. When another process deploys meanwhile, the call is prepared again, or rejects
 * with `metadata_changed` and has written nothing.
 *
 * A call ends soon after its signal is aborted. It also ends when its time is up, all attempts together; after that a
 * write carries `details.outcome: 'unknown'`, because it may have taken effect, as does one whose answer was lost on the
 * way. A write is sent again only where that cannot take effect twice; one that took effect and whose result was lost
 * rejects with `result_lost`. Where the answer to a commit was lost and the transaction was certainly rolled back,
 * `details.outcome` is `'none'`.
 */
export interface IDataDriver {
  readonly name: string;
  readonly version: string;
  /** What it can do; the rest is refused as `not_supported`. */
  readonly supports: DriverCapabilities;

  /** Opens the database and loads its metadata. Harmless to repeat. */
  connect(options?: AbortOptions): Promise<void>;
  /** Frees what the driver holds. A driver that a router handed out stays usable. Harmless to repeat. */
  disconnect(): Promise<void>;
  /** Whether the database answers; never rejects. */
  checkHealth(): Promise<boolean>;
  /** Loads the metadata again. Not needed for correct results: every call notices what another process deployed. */
  refresh(options?: AbortOptions): Promise<void>;

  /**
   * Runs one SQL statement as it is. For tools; values are not encoded or decoded. Rejects with `not_allowed`, and the
   * name in `details`, what reaches beyond the database or acts on the connection: functions, table-valued functions,
   * modules, pragmas and statements that are not known to be safe, and the TEMP schema.
   */
  execute(sql: string, args?: readonly SqlValue[], options?: DriverOptions): Promise<SqlResult>;
  /**
   * Runs statements in order in one transaction and, remotely, in one request. Either all take effect or none;
   * an error carries the failing one in `details.statementIndex`. Rejects like `execute`, and with `not_allowed` a statement
   * that writes in mode `read`.
   */
  executeAtomic(statements: readonly SqlStatement[], options?: AtomicOptions): Promise<SqlResult[]>;

  /** Rows of values: one for each group of `groupBy`, or the distinct ones. Rejects like the other form. */
  find(object: string, query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  /**
   * Records that match, in order; a lookup in `expand` holds the record that it refers to. Rejects with `invalid_query`
   * or `invalid_filter`, with the path, and with `response_too_large` where a server bounds its answers.
   */
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord[]>;
  /**
   * The same records one after the other, in constant memory. Outside a transaction it reads in pages, so a record that
   * is written meanwhile may be missed, and one whose order changes may come twice. Pages fit what a server answers
   * with at once. Rejects like `find`; with `response_too_large` only for a single record.
   */
  findStream(object: string, query?: QueryInput, options?: DriverOptions): AsyncIterable<DataRecord>;
  /** First record that matches, or null. Rejects like `find`. */
  findOne(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord | null>;
  /** How many records match. Rejects like `find`. */
  count(object: string, query?: Pick<QueryInput, 'where'>, options?: DriverOptions): Promise<number>;

  /** How the database would answer the query; reads nothing. Rejects like `find`. */
  explain(object: string, query?: QueryInput, options?: DriverOptions): Promise<QueryExplanation>;

  /**
   * Adds a record and returns it as stored. Not harmless to repeat unless `data.id` is given.
   * Rejects with `validation_failed` (all violations at once), `unique_violation`, `foreign_key_violation`.
   */
  create(object: string, data: RecordData, options?: DriverOptions): Promise<DataRecord>;
  /** Changes the given fields and returns the whole record. Rejects like `create` and with `record_not_found`. */
  update(object: string, id: string, data: RecordData, options?: DriverOptions): Promise<DataRecord>;
  /**
   * Updates the record that has the values of `conflictKeys` (absent: id), or creates one. Keeps `id`,
   * `created_at` and autonumbers of a record that exists. Two at once make one record. Rejects like `create`.
   */
  upsert(
    object: string,
    data: RecordData,
    conflictKeys?: readonly string[],
    options?: DriverOptions,
  ): Promise<DataRecord>;
  /** Deletes the record; false when there was none. Rejects with `foreign_key_violation` when it is referred to. */
  delete(object: string, id: string, options?: DriverOptions): Promise<boolean>;

  /** Adds many records, all or none, and returns them in order. Rejects like `create`. */
  bulkCreate(object: string, data: readonly RecordData[], options?: DriverOptions): Promise<DataRecord[]>;
  /** Changes many records, all or none. Rejects like `update`. */
  bulkUpdate(
    object: string,
    updates: readonly { id: string; data: RecordData }[],
    options?: DriverOptions,
  ): Promise<DataRecord[]>;
  /** Deletes many records, all or none; ids without a record are passed over. Rejects like `delete`. */
  bulkDelete(object: string, ids: readonly string[], options?: DriverOptions): Promise<void>;
  /** Changes every record that matches; returns how many. The filter is required. Rejects like `find` and like `create`. */
  updateMany(
    object: string,
    query: { where: Filter },
    data: RecordData,
    options?: DriverOptions,
  ): Promise<number>;
  /**
   * Deletes every record that matches; returns how many, one that went before by a cascade not counted. The filter is
   * required. Rejects like `find` and like `delete`.
   */
  deleteMany(object: string, query: { where: Filter }, options?: DriverOptions): Promise<number>;

  /**
   * Opens a transaction. Other writers wait until it ends, and nobody else sees before what it writes: a reader waits
   * too, or reads what was there. One that idles for five seconds is rolled back. While a nested transaction is open,
   * the outer one takes no calls but `rollback`.
   */
  beginTransaction(options?: TransactionOptions): Promise<DriverTransaction>;
  /**
   * Makes the transaction durable; a nested one becomes part of the outer. Rejects with `foreign_key_violation`, whose
   * details name `object` and `field` of a lookup that leads nowhere, `invalid_transaction`, `transaction_expired`.
   */
  commit(transaction: DriverTransaction): Promise<void>;
  /** Undoes the transaction and those nested in it. Harmless when it is over. */
  rollback(transaction: DriverTransaction): Promise<void>;

  /**
   * Deploys one object: creates its table, or changes what neither removes data nor weakens integrity. Rejects with
   * `destructive_not_allowed` for anything else, and with `invalid_request` for a definition that is malformed or has a field
   * that cannot hold its own default or backfill.
   */
  syncSchema(object: string, definition: ObjectDefinition, options?: AbortOptions): Promise<void>;
  /** The same for many objects, all or none; they may refer to each other. Rejects like `syncSchema`. */
  syncSchemasBatch(
    schemas: readonly { object: string; definition: ObjectDefinition }[],
    options?: AbortOptions,
  ): Promise<void>;
}
