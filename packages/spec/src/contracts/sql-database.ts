/** A value that can be bound to a placeholder or returned in a row. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array;

/** One statement with bound values. */
export interface SqlStatement {
  readonly sql: string;
  readonly args?: readonly SqlValue[];
}

/** The result of a statement. */
export interface SqlResult {
  /** Returned rows, as values by column name. */
  readonly rows: Record<string, SqlValue>[];
  /** Number of rows that an INSERT, UPDATE or DELETE changed. */
  readonly rowsAffected: number;
}

/** An open transaction. It occupies its connection until it ends. */
export interface SqlTransaction {
  /** Runs one statement in the transaction. Rejects with `invalid_transaction` if the transaction has ended. */
  execute(statement: SqlStatement): Promise<SqlResult>;
  /** Commits the changes durably. Rejects with `invalid_transaction` if the transaction has ended. */
  commit(): Promise<void>;
  /** Rolls back the changes. Has no effect if the transaction has ended. */
  rollback(): Promise<void>;
}

/**
 * A database that takes SQL: the port that the control plane's registry stands on.
 *
 * Rejects with `database_busy`, `database_invalid`, `database_not_found`, `unique_violation`,
 * `foreign_key_violation`, `not_null_violation` or `sql_error`.
 */
export interface SqlDatabase {
  /** Runs one statement in its own transaction. */
  execute(statement: SqlStatement): Promise<SqlResult>;
  /** Opens a write transaction; waits until the previous one has ended. */
  begin(): Promise<SqlTransaction>;
  /** Releases the resources of the database. Idempotent. */
  close(): Promise<void>;
}
