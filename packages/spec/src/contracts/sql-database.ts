/** A value that can be bound to a placeholder or stands in a row. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array;

/** One statement with bound values. */
export interface SqlStatement {
  readonly sql: string;
  readonly args?: readonly SqlValue[];
}

/** What a statement came to. */
export interface SqlResult {
  readonly rows: Record<string, SqlValue>[];
  /** Rows that an INSERT, UPDATE or DELETE changed. */
  readonly rowsAffected: number;
}

/** An open transaction. It holds its connection until it ends. */
export interface SqlTransaction {
  /** Rejects with `invalid_transaction` once the transaction has ended. */
  execute(statement: SqlStatement): Promise<SqlResult>;
  /** Makes the changes durable. Rejects with `invalid_transaction` once the transaction has ended. */
  commit(): Promise<void>;
  /** Undoes the changes. Harmless when the transaction has ended. */
  rollback(): Promise<void>;
}

/**
 * A database that takes SQL: the port that the control plane's registry stands on.
 *
 * Rejects with `database_busy`, `database_invalid`, `database_not_found`, `unique_violation`,
 * `foreign_key_violation`, `not_null_violation` or `sql_error`.
 */
export interface SqlDatabase {
  /** Runs one statement in a transaction of its own. */
  execute(statement: SqlStatement): Promise<SqlResult>;
  /** Opens a transaction that may write; waits for the one before it. */
  begin(): Promise<SqlTransaction>;
  /** Frees what the database holds. Harmless to repeat. */
  close(): Promise<void>;
}
