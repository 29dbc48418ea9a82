import type { SqlDatabase, SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';

export interface RequestOptions {
  /** Gives the request up; what it did by then may stay. */
  readonly signal?: AbortSignal | undefined;
}

export interface AtomicRequest extends RequestOptions {
  readonly foreignKeys: 'on' | 'off';
  readonly mode: 'read' | 'write';
}

/** One database, wherever it is: what local files and remote servers have in common. */
export interface Connection extends SqlDatabase {
  /** Whether nobody else uses it, so that it goes with its driver. Absent: false. */
  readonly isPrivate?: boolean;
  /** How long its server lets a transaction keep others waiting before it gives it up. Absent: as long as it takes. */
  readonly lockBudgetMs?: number;
  execute(statement: SqlStatement, options?: RequestOptions): Promise<SqlResult>;
  begin(options?: RequestOptions): Promise<SqlTransaction>;
  /** Runs all statements in one transaction; an error carries `details.statementIndex`. */
  atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]>;
}
