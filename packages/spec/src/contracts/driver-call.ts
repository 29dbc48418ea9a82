import type { IsolationLevel } from '../data/driver.zod.js';
import type { ObjectDefinition } from '../data/object.zod.js';
import type { QueryInput } from '../data/query.zod.js';
import type { AggregationNode } from '../data/query-node.zod.js';
import type { JsonValue } from '../shared/json.js';
import type { RecordRule } from '../shared/record-rule.zod.js';

/** Record as it is read: the decoded values of all stored fields, by field name. A field without a value is null. */
export interface DataRecord {
  /** Identifier of the record. */
  id: string;
  [field: string]: JsonValue;
}

/** Row that is not a record: result of a query with `aggregations`, `groupBy` or `distinct`, by field name or alias. */
export type ValueRow = Record<string, JsonValue>;

/** Query that returns rows of values instead of records. */
export type ValuesQueryInput = QueryInput &
  ({ aggregations: AggregationNode[] } | { groupBy: string[] } | { distinct: true });

/** Values to write, by field name, for example `{ name: 'Acme', stars: 5 }`. */
export type RecordData = Readonly<Record<string, unknown>>;

/** The values that `bulkUpdate` changes in one record. */
export interface RecordUpdate {
  /** Identifier of the record. */
  readonly id: string;
  /** Values to write, by field name, for example `{ name: 'Acme', stars: 5 }`. */
  readonly data: RecordData;
}

/** An object to deploy. Its name is that of its definition. */
export interface SchemaDeployment {
  /** Name of the object. */
  readonly object: string;
  /** Definition of the object. */
  readonly definition: ObjectDefinition;
}

/** A transaction of one driver; its content is private to the driver. */
export interface DriverTransaction {
  /** Identifier of the transaction. */
  readonly id: string;
}

/** Call options: a signal that aborts the call. */
export interface AbortOptions {
  /** Signal that aborts the call, which then rejects with `aborted`. If omitted, the call cannot be aborted. */
  signal?: AbortSignal;
}

/** Options for opening a transaction: outer transaction, isolation level and abort signal. */
export interface TransactionOptions {
  /**
   * Outer transaction to nest the new one in: rolling back the new one reverses only its own writes. Defaults to no
   * outer transaction.
   */
  transaction?: DriverTransaction;
  /**
   * Isolation level, one of `supports.isolationLevels`; any other is rejected with `not_supported`. Defaults to the
   * strictest level that the driver supports.
   */
  isolationLevel?: IsolationLevel;
  /** Signal that aborts the call, which then rejects with `aborted`. */
  signal?: AbortSignal;
}

/** Options for a driver call: transaction, system write, current user and abort signal. */
export interface DriverOptions {
  /**
   * Transaction to run the call in. If omitted, the call runs in its own transaction. The call rejects with `invalid_transaction` if the transaction has ended, belongs to
   * another database or has an open transaction nested in it, and with `transaction_expired` if it was idle for too long.
   */
  transaction?: DriverTransaction;
  /**
   * Whether this is a system write, for example of seed data: readonly fields can be set, and violations of required
   * fields and options are passed to `onViolation` instead of being rejected. System calls can also access system
   * tables (`_os_…`). Defaults to false.
   */
  system?: boolean;
  /**
   * Callback that is called with each violation that is permitted because the call is a system write; in a bulk call, with
   * the `index` of its record. Defaults to none.
   */
  onViolation?: (violation: RecordViolation) => void;
  /**
   * Identifier of the current user: the value of the default token `{current_user}`. If omitted, the token has no
   * value.
   */
  actor?: string;
  /** Signal that aborts the call, which then rejects with `aborted`. If omitted, the call cannot be aborted. */
  signal?: AbortSignal;
}

/** Rule that a written record violates. Never contains the value. */
export interface RecordViolation {
  /** Name of the field. */
  readonly field: string;
  /** Rule that the value of the field violates. */
  readonly rule: RecordRule;
  /**
   * What the value must be, for example `at most 255 characters`: the end of a sentence that starts with the name of the
   * field and "must be".
   */
  readonly expected?: string | undefined;
  /** Name of the field that was probably intended, if there is no field of the given name. */
  readonly suggestion?: string | undefined;
  /** Position of the record in the list of a bulk call, from 0. Absent in other calls. */
  readonly index?: number | undefined;
}

/** Options for an atomic execution: foreign keys, mode and abort signal. */
export interface AtomicOptions {
  /**
   * Whether foreign keys are enforced: `on`, or `off` to run the statements without enforcing them. Defaults to `on`.
   */
  foreignKeys?: 'on' | 'off';
  /** Mode of the transaction: `write`, or `read` to reject statements that write. Defaults to `write`. */
  mode?: 'read' | 'write';
  /** Signal that aborts the call, which then rejects with `aborted`. If omitted, the call cannot be aborted. */
  signal?: AbortSignal;
}

/** How the database executes a query. */
export interface QueryExplanation {
  /** SQL statement of the query, with placeholders for its values. */
  readonly sql: string;
  /** Steps of the query plan, as the database describes and orders them. */
  readonly steps: readonly string[];
}
