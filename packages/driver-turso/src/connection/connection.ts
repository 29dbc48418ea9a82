import type { SqlDatabase, SqlResult, SqlStatement } from '@objectstack/spec/contracts';

export interface AtomicRequest {
  readonly foreignKeys: 'on' | 'off';
  readonly mode: 'read' | 'write';
}

/** One database, wherever it is: what local files and remote servers have in common. */
export interface Connection extends SqlDatabase {
  /** Runs all statements in one transaction; an error carries `details.statementIndex`. */
  atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]>;
}
