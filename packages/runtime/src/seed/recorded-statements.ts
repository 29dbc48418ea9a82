import type { SqlStatement } from '@objectstack/spec/contracts';
import type { RunSql } from './run-sql.js';

/** Fails the transaction unless the previous statement changed as many rows as when it was recorded. */
const changedRows = (count: number): SqlStatement => ({
  sql: `SELECT CASE WHEN changes() <> ? THEN json_extract('{}', 'OS_DATA_CHANGED') END`,
  args: [count],
});

/**
 * Runs statements and records those that changed rows, each followed by a guard, so that a later transaction either
 * repeats their effects or fails.
 */
export class RecordedStatements {
  readonly #sql: RunSql;
  readonly #statements: SqlStatement[] = [];

  constructor(sql: RunSql) {
    this.#sql = sql;
  }

  get statements(): readonly SqlStatement[] {
    return this.#statements;
  }

  readonly run: RunSql = async (sql, args = []) => {
    const result = await this.#sql(sql, args);
    const isRead = /^\s*SELECT\b/i.test(sql);
    if (!isRead && result.rowsAffected > 0)
      this.#statements.push({ sql, args: [...args] }, changedRows(result.rowsAffected));
    return result;
  };
}
