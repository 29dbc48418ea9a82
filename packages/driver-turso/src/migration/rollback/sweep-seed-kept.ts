import type { IDataDriver } from '@objectstack/spec/contracts';

const IS_THERE = `SELECT 1 FROM sqlite_schema WHERE name = '_os_seed_kept'`;

async function run(driver: IDataDriver, sql: string, args: string[]): Promise<number> {
  if ((await driver.execute(IS_THERE)).rows.length === 0) return 0;
  return (await driver.execute(sql, args)).rowsAffected;
}

/** Forgets records that seeds removed or overwrote, once their retention window has ended. */
export async function sweepSeedKept(driver: IDataDriver, now: Date): Promise<void> {
  await run(driver, 'DELETE FROM _os_seed_kept WHERE expires_at <= ?', [now.toISOString()]);
}

/** Erases records from what seeds removed or overwrote of an object; returns how many rows. */
export function eraseSeedKept(driver: IDataDriver, object: string, ids: readonly string[]): Promise<number> {
  const sql =
    'DELETE FROM _os_seed_kept WHERE object = ? AND record IN (SELECT value FROM temp.json_each(?))';
  return run(driver, sql, [object, JSON.stringify(ids)]);
}
