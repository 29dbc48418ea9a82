import type { NativeStatement } from './native-statement.js';

const MOST_STATEMENTS = 32;
const MOST_CHARACTERS = 8_000;

/** PRAGMAs take effect when they are prepared, explained statements are never reset, and DDL is not repeated. */
const REPEATABLE = /^\s*(select|insert|update|delete|with)\b/i;
const TRANSACTION_CONTROL: ReadonlySet<string> = new Set(['BEGIN IMMEDIATE', 'COMMIT']);

/** An asterisk that stands for columns, which may be other columns after a change of the schema. */
const hasAllColumns = (sql: string) => sql.replaceAll('count(*)', '').includes('*');

const isRepeatable = (sql: string) =>
  TRANSACTION_CONTROL.has(sql) ||
  (sql.length <= MOST_CHARACTERS && REPEATABLE.test(sql) && !hasAllColumns(sql));

interface Prepared {
  readonly statement: NativeStatement;
  readonly values: number;
}

/**
 * The statements of one connection that are used again: preparing costs several times as much as running a read by id.
 * SQLite itself prepares a statement again when the schema has changed. A statement that failed is not used again,
 * because the native library does not reset it before the next run, and a value that is not given keeps the previous one.
 */
export class PreparedStatements {
  readonly #prepare: (sql: string) => NativeStatement;
  /** The least recently used first. */
  readonly #kept = new Map<string, Prepared>();

  constructor(prepare: (sql: string) => NativeStatement) {
    this.#prepare = prepare;
  }

  /** Runs work with the statement, which takes a number of values. */
  use<T>(sql: string, values: number, work: (statement: NativeStatement) => T): T {
    const kept = this.#kept.get(sql);
    this.#kept.delete(sql);
    const usable = kept?.values === values ? kept : { statement: this.#prepare(sql), values };
    const result = work(usable.statement);
    if (kept || isRepeatable(sql)) this.#keep(sql, usable);
    return result;
  }

  clear(): void {
    this.#kept.clear();
  }

  #keep(sql: string, prepared: Prepared): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST_STATEMENTS && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(sql, prepared);
  }
}
