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

/**
 * Uses of a statement from which it is kept. A kept statement holds the descriptors of a closed file until a complete garbage
 * collection, so a file that is only used once or twice keeps none.
 */
const KEPT_FROM = 3;

interface Known {
  readonly uses: number;
  readonly kept?: { readonly statement: NativeStatement; readonly values: number } | undefined;
}

/**
 * The statements of one connection that are used repeatedly: preparing costs several times as much as running a read by id.
 * SQLite itself prepares a statement again when the schema has changed. A statement that failed is not used again,
 * because the native library does not reset it before the next run, and a value that is not given keeps the previous one.
 */
export class PreparedStatements {
  readonly #prepare: (sql: string) => NativeStatement;
  /** The least recently used first. */
  readonly #known = new Map<string, Known>();

  constructor(prepare: (sql: string) => NativeStatement) {
    this.#prepare = prepare;
  }

  /** Runs work with the statement, which takes a number of values. */
  use<T>(sql: string, values: number, work: (statement: NativeStatement) => T): T {
    const known = this.#known.get(sql);
    this.#known.delete(sql);
    const usable = known?.kept?.values === values ? known.kept : { statement: this.#prepare(sql), values };
    const result = work(usable.statement);
    if (known || isRepeatable(sql)) {
      const uses = (known?.uses ?? 0) + 1;
      this.#remember(sql, { uses, kept: uses >= KEPT_FROM ? usable : undefined });
    }
    return result;
  }

  /** Does not use the statement again, because it failed after the work. */
  forget(sql: string): void {
    this.#known.delete(sql);
  }

  clear(): void {
    this.#known.clear();
  }

  #remember(sql: string, known: Known): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MOST_STATEMENTS && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(sql, known);
  }
}
