/** Value that can be bound to a placeholder or returned in a row. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array;

/** SQL statement with bound values. */
export interface SqlStatement {
  /** Text of exactly one SQL statement. */
  readonly sql: string;
  /** Values of the placeholders, in order. Defaults to none. */
  readonly args?: readonly SqlValue[];
}

/** Result of a SQL statement. */
export interface SqlResult {
  /** Returned rows, as values by column name. */
  readonly rows: Record<string, SqlValue>[];
  /** Number of rows that an INSERT, UPDATE or DELETE statement changed. */
  readonly rowsAffected: number;
}

/** Open transaction. It uses a connection exclusively until it is committed or rolled back. */
export interface SqlTransaction {
  /** Runs one statement in the transaction. Rejects with `invalid_transaction` if the transaction has ended. */
  execute(statement: SqlStatement): Promise<SqlResult>;
  /** Commits the changes durably. Rejects with `invalid_transaction` if the transaction has ended. */
  commit(): Promise<void>;
  /** Rolls back the changes. Has no effect if the transaction has ended. */
  rollback(): Promise<void>;
}

/**
 * SQL database in which the registry of the control plane is stored.
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
