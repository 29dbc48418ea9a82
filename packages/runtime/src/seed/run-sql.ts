import type { DriverTransaction, IDataDriver, SqlResult, SqlValue } from '@objectstack/spec/contracts';

export type RunSql = (sql: string, args?: readonly SqlValue[]) => Promise<SqlResult>;

/** Runs statements in a transaction, or each on its own. */
export const sqlIn =
  (driver: IDataDriver, transaction?: DriverTransaction): RunSql =>
  (sql, args = []) =>
    driver.execute(sql, args, transaction && { transaction });

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Condition of a statement whose last value is a JSON list of ids. */
export const AMONG = 'IN (SELECT value FROM temp.json_each(?))';
