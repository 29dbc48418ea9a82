import type { IsolationLevel } from '../data/driver.zod.js';
import type { ObjectDefinition } from '../data/object.zod.js';
import type { QueryInput } from '../data/query.zod.js';
import type { AggregationNode } from '../data/query-node.zod.js';
import type { JsonValue } from '../shared/json.js';
import type { RecordRule } from '../shared/record-rule.zod.js';

/** A record as it is read: every stored field, decoded; a field without a value is null. */
export interface DataRecord {
  id: string;
  [field: string]: JsonValue;
}

/** A row of values that is not a record: the result of a query with `aggregations`, `groupBy` or `distinct`. */
export type ValueRow = Record<string, JsonValue>;

/** A query that returns rows of values instead of records. */
export type ValuesQueryInput = QueryInput &
  ({ aggregations: AggregationNode[] } | { groupBy: string[] } | { distinct: true });

/** Values to write, by field name. */
export type RecordData = Readonly<Record<string, unknown>>;

/** The values that `bulkUpdate` changes in one record. */
export interface RecordUpdate {
  readonly id: string;
  readonly data: RecordData;
}

/** An object to deploy. Its name is that of its definition. */
export interface SchemaDeployment {
  readonly object: string;
  readonly definition: ObjectDefinition;
}

/** A transaction of one driver; its content is private to the driver. */
export interface DriverTransaction {
  readonly id: string;
}

/** Options that abort a call. */
export interface AbortOptions {
  /** Signal that aborts the call. */
  signal?: AbortSignal;
}

/** Options of opening a transaction. */
export interface TransactionOptions {
  /** Outer transaction to nest the new one in: rolling back the new one undoes only its own writes. */
  transaction?: DriverTransaction;
  /**
   * Isolation level, one of `supports.isolationLevels`; any other is rejected with `not_supported`. Default: the
   * strictest level of the driver.
   */
  isolationLevel?: IsolationLevel;
  /** Signal that aborts the call. */
  signal?: AbortSignal;
}

/** Options of a driver call. */
export interface DriverOptions {
  /**
   * Transaction to run the call in. The call rejects with `invalid_transaction` if the transaction has ended, belongs to
   * another database or has an open transaction nested in it, and with `transaction_expired` if it was idle for too long.
   */
  transaction?: DriverTransaction;
  /**
   * Whether this is a system write, for example of seed data: readonly fields can be set, and violations of required
   * fields and options are passed to `onViolation` instead of being rejected. System writes can also access system
   * tables (`_os_…`).
   */
  system?: boolean;
  /** Called with each rule violation that a system write is permitted. */
  onViolation?: (violation: RecordViolation) => void;
  /** Identifier of the user, for the default token that stands for the current user. */
  actor?: string;
  /** Signal that aborts the call. */
  signal?: AbortSignal;
}

/** A write rule that a record violates. Never contains the value. */
export interface RecordViolation {
  /** Name of the field. */
  readonly field: string;
  /** The violated rule. */
  readonly rule: RecordRule;
  /** What the rule expects of the value, to complete a sentence that starts with the name of the field. */
  readonly expected?: string | undefined;
  /** Name of the field that was probably intended, if there is no field of the given name. */
  readonly suggestion?: string | undefined;
}

/** Options of an atomic execution. */
export interface AtomicOptions {
  /** `off` runs the statements without enforcing foreign keys. Default: on. */
  foreignKeys?: 'on' | 'off';
  /** `read` rejects statements that write. Default: write. */
  mode?: 'read' | 'write';
  signal?: AbortSignal;
}

/** How the database executes a query. */
export interface QueryExplanation {
  /** SQL statement, with placeholders for its values. */
  readonly sql: string;
  /** Steps of the database's query plan, in the database's own words and order. */
  readonly steps: readonly string[];
}
