import type { SqlDatabase, SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';

export interface RequestOptions {
  /** Gives the request up; what it did by then may stay. */
  readonly signal?: AbortSignal | undefined;
  /** When to give it up, on the clock of `performance.now()`: all attempts and pauses together end by then. */
  readonly deadline?: number | undefined;
}

export interface AtomicRequest extends RequestOptions {
  readonly foreignKeys: 'on' | 'off';
  readonly mode: 'read' | 'write';
}

/** A transaction, and what was read when it began. */
export interface BegunTransaction {
  readonly transaction: SqlTransaction;
  /** Null where the statement failed, because the database lacks what it names. */
  readonly firstRead: SqlResult | null;
}

/** One database, wherever it is: what local files and remote servers have in common. */
export interface Connection extends SqlDatabase {
  /** Whether nobody else uses it, so that it goes with its driver. Absent: false. */
  readonly isPrivate?: boolean;
  /** Whether it checks the marker of the expected tenant itself, so that its statements need not. Absent: false. */
  readonly checksTenant?: boolean;
  /** How long its server lets a transaction keep others waiting before it gives it up. Absent: as long as it takes. */
  readonly lockBudgetMs?: number;
  /** How long one call of a driver may take, in milliseconds, all its requests together. Absent: as long as it takes. */
  readonly callTimeoutMs?: number;
  execute(statement: SqlStatement, options?: RequestOptions): Promise<SqlResult>;
  begin(options?: RequestOptions): Promise<SqlTransaction>;
  /** Opens a transaction and reads in it; remotely both in one request. */
  beginReading(read: SqlStatement, options?: RequestOptions): Promise<BegunTransaction>;
  /** Runs all statements in one transaction; an error carries `details.statementIndex`. */
  atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]>;
}
