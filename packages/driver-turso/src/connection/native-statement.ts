import type { SqlResult, SqlValue } from '@objectstack/spec/contracts';
import { yieldToEventLoop } from '@objectstack/spec/shared';
import type Database from 'libsql';
import { isSameNumber } from './is-same-number.js';
import type { BoundValue } from './to-bound.js';

/** As many rows as the native library reads at once. */
const ROWS_AT_ONCE = 100;
const LONGEST_READ_MS = 5;

const RETURNS_CHANGES = /^\s*(insert|update|delete|replace|with)\b[\s\S]*\breturning\b/i;

function toNumber(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) || isSameNumber(number, value)) return number;
  throw new RangeError('An integer that was read is too large for a JavaScript number');
}

function toSqlValue(value: unknown): SqlValue {
  if (typeof value === 'bigint') return toNumber(value);
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return new Uint8Array(value);
  return value as SqlValue;
}

/** A statement prepared by the native library. */
export class NativeStatement {
  readonly #statement: Database.Statement;
  readonly #isReader: boolean;
  readonly #returnsChanges: boolean;
  #columns: readonly string[] | undefined;

  constructor(database: Database.Database, sql: string) {
    this.#statement = database.prepare(sql);
    this.#isReader = this.#statement.reader;
    this.#returnsChanges = this.#isReader && RETURNS_CHANGES.test(sql);
    if (this.#isReader) this.#statement.raw(true).safeIntegers(true);
  }

  run(args: readonly BoundValue[]): SqlResult {
    if (!this.#isReader) return { rows: [], rowsAffected: this.#statement.run(args).changes };
    const answer = this.#statement.all(args) as unknown[][];
    const rows = answer.length === 0 ? [] : this.#toRows(answer);
    return { rows, rowsAffected: this.#returnsChanges ? rows.length : 0 };
  }

  /** Like `run`, but lets the event loop turn while many rows are read. The connection must not be used meanwhile. */
  runInTurns(args: readonly BoundValue[]): SqlResult | Promise<SqlResult> {
    // A write is not held open between turns.
    if (!this.#isReader || this.#returnsChanges) return this.run(args);
    const source = this.#statement.iterate(args) as Iterator<unknown[]>;
    const rows: SqlResult['rows'] = [];
    const beganAt = performance.now();
    while (this.#readSome(source, rows))
      if (performance.now() - beganAt > LONGEST_READ_MS) return this.#readOn(source, rows);
    return { rows, rowsAffected: 0 };
  }

  async #readOn(source: Iterator<unknown[]>, rows: SqlResult['rows']): Promise<SqlResult> {
    do await yieldToEventLoop();
    while (this.#readSome(source, rows));
    return { rows, rowsAffected: 0 };
  }

  /** Reads the next rows, and returns whether there may be more. */
  #readSome(source: Iterator<unknown[]>, rows: SqlResult['rows']): boolean {
    const answer: unknown[][] = [];
    while (answer.length < ROWS_AT_ONCE) {
      const { done, value } = source.next();
      if (done) break;
      answer.push(value);
    }
    if (answer.length > 0) rows.push(...this.#toRows(answer));
    return answer.length === ROWS_AT_ONCE;
  }

  #toRows(answer: readonly (readonly unknown[])[]): SqlResult['rows'] {
    // Known for certain only after a run, because SQLite prepares the statement again for a changed schema.
    this.#columns ??= this.#statement.columns().map(({ name }) => name);
    const columns = this.#columns;
    return answer.map((values) => {
      const row: Record<string, SqlValue> = {};
      for (let index = 0; index < columns.length; index++)
        row[columns[index] as string] = toSqlValue(values[index]);
      return row;
    });
  }
}
