import type { SqlDatabase, SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';

export interface RequestOptions {
  /** Aborts the request; effects that it had before may remain. */
  readonly signal?: AbortSignal | undefined;
  /** Deadline in the time of `performance.now()`. Covers all attempts and the pauses between them. */
  readonly deadline?: number | undefined;
}

export interface AtomicRequest extends RequestOptions {
  readonly foreignKeys: 'on' | 'off';
  readonly mode: 'read' | 'write';
}

/** A transaction and the result of the statement that was read when it began. */
export interface BegunTransaction {
  readonly transaction: SqlTransaction;
  /** Null if the statement failed because a table or column that it names does not exist. */
  readonly firstRead: SqlResult | null;
}

/** Connection to one database: the common interface of local files, memory and remote servers. */
export interface Connection extends SqlDatabase {
  /** Whether the driver owns the connection and closes it. Absent: false. */
  readonly isPrivate?: boolean;
  /** Whether it checks the marker of the expected tenant itself, so that statements need not. Absent: false. */
  readonly checksTenant?: boolean;
  /** Time in milliseconds after which the server ends a transaction that blocks others. Absent: no limit. */
  readonly lockBudgetMs?: number;
  /** Maximum duration of one driver call in milliseconds, all of its requests included. Absent: no limit. */
  readonly callTimeoutMs?: number;
  execute(statement: SqlStatement, options?: RequestOptions): Promise<SqlResult>;
  begin(options?: RequestOptions): Promise<SqlTransaction>;
  /** Begins a transaction and reads in it; remotely, both in one request. */
  beginReading(read: SqlStatement, options?: RequestOptions): Promise<BegunTransaction>;
  /** Runs all statements in one transaction; an error carries `details.statementIndex`. */
  atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]>;
}
