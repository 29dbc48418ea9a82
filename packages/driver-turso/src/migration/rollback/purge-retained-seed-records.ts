import type { IDataDriver } from '@objectstack/spec/contracts';

const HAS_RETAINED = `SELECT 1 FROM sqlite_schema WHERE name = '_os_seed_kept'`;

async function run(driver: IDataDriver, sql: string, args: string[]): Promise<number> {
  if ((await driver.execute(HAS_RETAINED)).rows.length === 0) return 0;
  return (await driver.execute(sql, args)).rowsAffected;
}

/** Deletes retained records that seeds removed or overwrote, after their retention window has expired. */
export async function purgeRetainedSeedRecords(driver: IDataDriver, now: Date): Promise<void> {
  await run(driver, 'DELETE FROM _os_seed_kept WHERE expires_at <= ?', [now.toISOString()]);
}

/**
 * Erases records of an object from the retained records that seeds removed or overwrote. Returns the number of rows.
 */
export function eraseRetainedSeedRecords(
  driver: IDataDriver,
  object: string,
  ids: readonly string[],
): Promise<number> {
  const sql =
    'DELETE FROM _os_seed_kept WHERE object = ? AND record IN (SELECT value FROM temp.json_each(?))';
  return run(driver, sql, [object, JSON.stringify(ids)]);
}
