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
  RecordUpdate,
  SchemaDeployment,
  TransactionOptions,
  ValueRow,
  ValuesQueryInput,
} from './driver-call.js';
import type { SqlResult, SqlStatement, SqlValue } from './sql-database.js';

/**
 * Reads and writes the records of one tenant's database according to the deployed object definitions.
 *
 * Before `connect` and after `disconnect` every method but `connect`, `disconnect`, `checkHealth` and `rollback`
 * rejects with `not_connected`. A call that requires a feature that `supports` does not declare is rejected with
 * `not_supported` before it has any effect. Any method may reject with `aborted`, `database_blocked`, `database_busy`,
 * `database_full`, `database_invalid`, `database_not_found`, `database_unreachable`, `invalid_request`, `out_of_memory`,
 * `request_timeout`, `sql_error` or `unauthorized`; one that takes an object name with `object_not_found`. Every method but
 * `rollback` that takes a transaction, alone or in its options, rejects with `invalid_transaction` if the transaction has
 * ended, is unknown or has an open transaction nested in it, and with `transaction_expired` if it was idle for too long.
 *
 * `MISTAKES` lists the invalid inputs of each method, with their error codes and paths. A call with invalid input has
 * no effect. No order of checks is prescribed: a call whose input is invalid in several ways is rejected for any one of
 * them.
 *
 * Every read and write of an object runs under exactly one version of its metadata: the latest version at that time or,
 * in a transaction, the version at the start of the transaction. If another process deploys in the meantime, the call
 * is either prepared again, or rejects with `metadata_changed` and has written nothing.
 *
 * A call rejects shortly after its signal is aborted, and when its time limit, which covers all attempts, has passed.
 * The error of a write that may have taken effect then has `details.outcome: 'unknown'`, as does the error of a write
 * whose response was lost. A write is only retried if it cannot take effect twice; one that took effect but whose
 * result was lost rejects with `result_lost`. If the response to a commit was lost and the transaction was certainly
 * rolled back, `details.outcome` is `'none'`.
 */
export interface IDataDriver {
  /** Name of the driver, for example `turso`. */
  readonly name: string;
  /** Version of the driver. */
  readonly version: string;
  /** Features that the driver supports. Calls to all others are rejected with `not_supported`. */
  readonly supports: DriverCapabilities;

  /** Opens the database and loads its metadata. Idempotent. */
  connect(options?: AbortOptions): Promise<void>;
  /** Releases the driver's resources. A driver that a router handed out remains usable. Idempotent. */
  disconnect(): Promise<void>;
  /** Returns whether the database responds; never rejects. */
  checkHealth(): Promise<boolean>;
  /** Reloads the metadata. Not required for correct results: every call detects deployments by other processes. */
  refresh(options?: AbortOptions): Promise<void>;

  /**
   * Runs one SQL statement unchanged, for administrative tools; values are neither encoded nor decoded. Rejects with
   * `not_allowed`, and the name in `details`, if the statement can reach beyond the database or affect the connection
   * or the transaction: statements that are not known to be safe, and, unless the privileges of the connection prevent
   * it, functions. In SQLite these are also table-valued functions, modules, pragmas and the TEMP schema. A statement
   * that the database does not know is rejected with `not_allowed` or `sql_error`.
   */
  execute(sql: string, args?: readonly SqlValue[], options?: DriverOptions): Promise<SqlResult>;
  /**
   * Runs statements in order in one transaction and, for a remote database, in one request. Either all take effect or
   * none; an error identifies the failing statement in `details.statementIndex`. Rejects like `execute`, and with
   * `not_allowed` if a statement writes in mode `read`.
   */
  executeAtomic(statements: readonly SqlStatement[], options?: AtomicOptions): Promise<SqlResult[]>;

  /**
   * Returns rows of values: one for each group of `groupBy`, or the distinct rows; exactly one for `aggregations` without
   * `groupBy`, also if no record matches. They are sorted by `orderBy`, then by the grouping fields in the order of `groupBy`
   * or `fields`, ascending; among values that differ only in case, a group contains the first by its bytes. Rejects like the
   * other overload.
   */
  find(object: string, query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  /**
   * Returns the matching records in the order of `orderBy`, then by id; a lookup listed in `expand` contains the referenced record. Rejects with
   * `invalid_query` or `invalid_filter`, with the path, and with `response_too_large` if the server limits the size of
   * responses.
   */
  find(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord[]>;
  /**
   * Returns the same records one at a time, in constant memory. Outside of a transaction the records are read in pages,
   * so a record that is written in the meantime may be missed, and one whose sort position changes may be returned
   * twice. A page is read when its first record is requested and has at most 1,000 records. Pages are sized to fit into
   * a server response. Rejects like `find`, but with `response_too_large` only for a single record.
   */
  findStream(object: string, query?: QueryInput, options?: DriverOptions): AsyncIterable<DataRecord>;
  /** Returns the first matching record, or null. Rejects like `find`. */
  findOne(object: string, query?: QueryInput, options?: DriverOptions): Promise<DataRecord | null>;
  /** Returns the number of matching records. Rejects like `find`. */
  count(object: string, query?: Pick<QueryInput, 'where'>, options?: DriverOptions): Promise<number>;

  /** Returns how the database would execute the query, without reading records. Rejects like `find`. */
  explain(object: string, query?: QueryInput, options?: DriverOptions): Promise<QueryExplanation>;

  /**
   * Creates a record and returns it as stored. A field without a value gets its default; one that is a CEL expression
   * is applied if the driver declares `expressionDefaults` and the field can store its value. Idempotent only if
   * `data.id` is given. Rejects with `validation_failed` (listing all violations), `unique_violation`,
   * `foreign_key_violation`, and with `not_null_violation` if a field with `storage.notNull` has no value.
   */
  create(object: string, data: RecordData, options?: DriverOptions): Promise<DataRecord>;
  /**
   * Updates the given fields, and `updated_at` to the time of the call, and returns the whole record. Rejects like `create`
   * and with `record_not_found`.
   */
  update(object: string, id: string, data: RecordData, options?: DriverOptions): Promise<DataRecord>;
  /**
   * Updates the record that has the given values of `conflictKeys` (default: id), or creates one. Preserves `id`,
   * `created_at` and autonumbers of an existing record. Two concurrent calls create only one record. Rejects like
   * `create`.
   */
  upsert(
    object: string,
    data: RecordData,
    conflictKeys?: readonly string[],
    options?: DriverOptions,
  ): Promise<DataRecord>;
  /**
   * Deletes the record; returns false if it does not exist. Lookups to it are treated as their `deleteBehavior` says: by
   * default they are cleared, which leaves `updated_at` of their records. Rejects with `foreign_key_violation` if another
   * record refers to it by a lookup that restricts.
   */
  delete(object: string, id: string, options?: DriverOptions): Promise<boolean>;

  /**
   * Creates many records, all or none, and returns them in order. Lookups are checked after the last record, so that
   * the records can refer to each other in any order. Rejects like `create`; `validation_failed` lists the violations
   * of all records, each with its `index`.
   */
  bulkCreate(object: string, data: readonly RecordData[], options?: DriverOptions): Promise<DataRecord[]>;
  /** Updates many records, all or none. Rejects like `update`. */
  bulkUpdate(
    object: string,
    updates: readonly RecordUpdate[],
    options?: DriverOptions,
  ): Promise<DataRecord[]>;
  /** Deletes many records, all or none; ids without a record are ignored. Rejects like `delete`. */
  bulkDelete(object: string, ids: readonly string[], options?: DriverOptions): Promise<void>;
  /**
   * Updates every matching record and returns the number of updated records. The filter is required. Rejects like
   * `find` and like `create`.
   */
  updateMany(
    object: string,
    query: { where: Filter },
    data: RecordData,
    options?: DriverOptions,
  ): Promise<number>;
  /**
   * Deletes every matching record and returns the number of deleted records, not counting those that a cascade had
   * already deleted. The filter is required. Rejects like `find` and like `delete`.
   */
  deleteMany(object: string, query: { where: Filter }, options?: DriverOptions): Promise<number>;

  /**
   * Opens a transaction. Its writes are not visible to others before it is committed: readers wait, or read the previous
   * state. If the driver declares `exclusiveTransactions`, other writers wait until it ends. Otherwise they can write in
   * the meantime, and no write is lost: of two writes of the same record, one waits, or a call or the commit of a
   * transaction is rejected with `database_busy`, after which the caller rolls the transaction back and repeats it. A
   * transaction that is idle for five seconds, with all nested in it, is rolled back. While a nested transaction is open, the
   * outer one accepts no calls but `rollback`; all others, also `beginTransaction`, reject with `invalid_transaction`.
   */
  beginTransaction(options?: TransactionOptions): Promise<DriverTransaction>;
  /**
   * Commits the transaction durably; a nested transaction becomes part of the outer one. Rejects with
   * `foreign_key_violation` if the driver declares `deferredReferences` and a lookup refers to a missing record; the
   * details give its `object` and `field`. Rejects with `invalid_transaction`, `transaction_expired`.
   */
  commit(transaction: DriverTransaction): Promise<void>;
  /** Rolls back the transaction and those nested in it. Has no effect if the transaction has ended. */
  rollback(transaction: DriverTransaction): Promise<void>;

  /**
   * Deploys one object: creates its table, or makes changes that neither remove data nor weaken what the database enforces.
   * Rejects with `destructive_not_allowed` for a removed field or one that becomes computed, for a removed unique rule or
   * `caseSensitive: false` removed from one, for a removed `storage.notNull`, and for a lookup that refers to no object any
   * more; with `conversion_failed` or `destructive_not_allowed` for a changed type that cannot store the values of the records;
   * with `unique_violation`, `not_null_violation` or `foreign_key_violation` if records violate a new rule. A driver is free to
   * accept or to reject with `destructive_not_allowed` all other changes of a deployed field: a removed `required`, other
   * limits or options, another `reference` that all values satisfy, another `deleteBehavior`, and another type that can store
   * the values. Rejects with `invalid_request` if it is malformed or a field cannot store its own default or backfill.
   */
  syncSchema(object: string, definition: ObjectDefinition, options?: AbortOptions): Promise<void>;
  /**
   * Deploys many objects, which may refer to each other; all or none if the driver declares `atomicBatchSchemaSync`.
   * Rejects like `syncSchema`.
   */
  syncSchemasBatch(schemas: readonly SchemaDeployment[], options?: AbortOptions): Promise<void>;
}
