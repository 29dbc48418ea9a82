import type { DriverCapabilities } from '../data/driver.zod.js';
import type { QueryInput } from '../data/query.zod.js';
import type { AggregationNode } from '../data/query-node.zod.js';
import type { JsonValue } from '../shared/json.js';
import type { RecordRule } from '../shared/record-rule.zod.js';

/** A record as it is read: every stored field, decoded; an empty one is null. */
export interface DataRecord {
  id: string;
  [field: string]: JsonValue;
}

/** A row of values that is no record: of a query with `aggregations`, `groupBy` or `distinct`. */
export type ValueRow = Record<string, JsonValue>;

/** A query that answers with rows of values instead of records. */
export type ValuesQueryInput = QueryInput &
  ({ aggregations: AggregationNode[] } | { groupBy: string[] } | { distinct: true });

/** Values of a write by field name. */
export type RecordData = Readonly<Record<string, unknown>>;

/** A transaction of one driver; its inside is the driver's own. */
export interface DriverTransaction {
  readonly id: string;
}

/** How a call is ended early. */
export interface AbortOptions {
  signal?: AbortSignal;
}

/** How a transaction is opened. */
export interface TransactionOptions {
  /** Nests the new transaction in this one: rolling it back undoes only what happened since it began. */
  transaction?: DriverTransaction;
  /** One of `supports.isolationLevels`; any other is refused as `not_supported`. Absent: the driver's strictest. */
  isolationLevel?: DriverCapabilities['isolationLevels'][number];
  signal?: AbortSignal;
}

/** What a call of the driver may be told. */
export interface DriverOptions {
  /** Runs the call inside this transaction. Rejects with `invalid_transaction` when it is over or of another database. */
  transaction?: DriverTransaction;
  /**
   * A system write, such as a seed: readonly fields may be set, and broken rules about required fields and
   * options are handed to `onViolation` instead of refused. Also opens the objects of ours (`_os_…`).
   */
  system?: boolean;
  /** Hears the rule violations that a system write is allowed. */
  onViolation?: (violation: RecordViolation) => void;
  /** User for the default token that stands for the current user. */
  actor?: string;
  signal?: AbortSignal;
}

/** A write rule that a record breaks. Never holds the value. */
export interface RecordViolation {
  readonly field: string;
  readonly rule: RecordRule;
}

/** How statements run as one. */
export interface AtomicOptions {
  /** `off` runs the statements without foreign-key enforcement. Absent: on. */
  foreignKeys?: 'on' | 'off';
  /** `read` promises that nothing is written: a statement that writes is refused. Absent: write. */
  mode?: 'read' | 'write';
  signal?: AbortSignal;
}

/** How the database answers a query. */
export interface QueryExplanation {
  /** The statement, with placeholders for its values. */
  readonly sql: string;
  /** Steps of the database's plan, in its own words and order. */
  readonly steps: readonly string[];
}
