import type { AtomicOptions, SqlResult } from '@objectstack/spec/contracts';
import Database from 'libsql';
import { NativeStatement } from './native-statement.js';
import { PreparedStatements } from './prepared-statements.js';
import type { BoundStatement } from './to-bound.js';

const BEGIN = {
  write: 'BEGIN IMMEDIATE',
  read: 'BEGIN TRANSACTION READONLY',
} as const satisfies Record<NonNullable<AtomicOptions['mode']>, string>;

/**
 * A statement that changes the schema, returns no rows and changes no row of a table. The native library keeps a prepared
 * statement until a garbage collection, which doubles the time of many such statements in a row, so they are not prepared.
 */
const CHANGES_SCHEMA = /^\s*(?:create\s+(?:table|(?:unique\s+)?index|(trigger)|view)|alter\s+table)\b/i;
const ENDS_TRIGGER = /\bend\b/i;
const ENDS_OTHER = /;/;

/**
 * Whether a text is one statement that changes the schema, and certainly no other one follows: preparing a text ignores
 * a second statement, which would be run otherwise.
 */
function onlyChangesSchema(sql: string): boolean {
  const start = CHANGES_SCHEMA.exec(sql);
  if (!start) return false;
  const end = (start[1] === undefined ? ENDS_OTHER : ENDS_TRIGGER).exec(sql);
  return end === null || /^[\s;]*$/.test(sql.slice(end.index + end[0].length));
}

class ClosedError extends Error {
  constructor(
    message: string,
    readonly code: 'CLIENT_CLOSED' | 'TRANSACTION_CLOSED',
  ) {
    super(message);
  }
}

/**
 * One connection of the native library. Every call blocks the event loop until it is done. The owner serializes the use:
 * outside of a transaction `execute`, and from `begin` to `commit`, `rollback` or `end` only `executeInside`.
 */
export class NativeClient {
  readonly #database: Database.Database;
  readonly #prepared: PreparedStatements;

  /** Throws if the file cannot be opened or created. A read-only file is neither created nor changed. */
  constructor(
    path: string,
    {
      busyTimeoutMs = 0,
      readonly = false,
    }: { readonly busyTimeoutMs?: number; readonly readonly?: boolean } = {},
  ) {
    this.#database = new Database(path, { timeout: busyTimeoutMs, readonly });
    this.#prepared = new PreparedStatements((sql) => new NativeStatement(this.#database, sql));
  }

  /** Runs a statement in a transaction of its own. */
  execute(statement: BoundStatement | string): SqlResult {
    this.#assertOpen();
    try {
      return this.#run(typeof statement === 'string' ? { sql: statement, args: [] } : statement);
    } finally {
      this.end();
    }
  }

  /** Runs statements without values and results, one after the other. */
  executeAll(statements: readonly string[]): void {
    this.#assertOpen();
    this.#database.exec(statements.join('; '));
  }

  /** Like `execute`, but lets the event loop turn while many rows are read. The connection must not be used meanwhile. */
  async executeInTurns(statement: BoundStatement): Promise<SqlResult> {
    this.#assertOpen();
    try {
      return await this.#runInTurns(statement);
    } finally {
      this.end();
    }
  }

  begin(mode: keyof typeof BEGIN): void {
    this.#assertOpen();
    this.#run({ sql: BEGIN[mode], args: [] });
  }

  /** Runs a statement in the open transaction. Throws if SQLite has rolled the transaction back because of an error. */
  executeInside(statement: BoundStatement): SqlResult {
    this.#assertInTransaction();
    return this.#run(statement);
  }

  /** Like `executeInside`, in turns as `executeInTurns`. */
  executeInsideInTurns(statement: BoundStatement): SqlResult | Promise<SqlResult> {
    this.#assertInTransaction();
    return this.#runInTurns(statement);
  }

  /**
   * Runs several statements in the open transaction, none of which has values or results. If it throws, it is not known which
   * one failed, and those before it have run.
   */
  executeAllInside(statements: readonly string[]): void {
    this.#assertInTransaction();
    this.executeAll(statements);
  }

  /** Commits. A commit that fails can leave the transaction open. */
  commit(): void {
    this.executeInside({ sql: 'COMMIT', args: [] });
  }

  rollback(): void {
    if (this.#database.open) this.executeInside({ sql: 'ROLLBACK', args: [] });
  }

  /** Rolls back a transaction that is still open. */
  end(): void {
    if (this.#database.open && this.#database.inTransaction) this.#run({ sql: 'ROLLBACK', args: [] });
  }

  close(): void {
    this.#prepared.clear();
    if (this.#database.open) this.#database.close();
  }

  #run({ sql, args }: BoundStatement): SqlResult {
    if (args.length === 0 && onlyChangesSchema(sql)) return this.#changeSchema(sql);
    return this.#prepared.use(sql, args.length, (statement) => statement.run(args));
  }

  #runInTurns({ sql, args }: BoundStatement): SqlResult | Promise<SqlResult> {
    if (args.length === 0 && onlyChangesSchema(sql)) return this.#changeSchema(sql);
    const result = this.#prepared.use(sql, args.length, (statement) => statement.runInTurns(args));
    if (!(result instanceof Promise)) return result;
    return result.catch((error) => {
      this.#prepared.forget(sql);
      throw error;
    });
  }

  #changeSchema(sql: string): SqlResult {
    this.#database.exec(sql);
    return { rows: [], rowsAffected: 0 };
  }

  /** The native library ends the process if a closed connection is asked whether it is in a transaction. */
  #assertOpen(): void {
    if (!this.#database.open) throw new ClosedError('The connection is closed', 'CLIENT_CLOSED');
  }

  #assertInTransaction(): void {
    this.#assertOpen();
    if (!this.#database.inTransaction)
      throw new ClosedError('The transaction has been rolled back', 'TRANSACTION_CLOSED');
  }
}
