import type { IDataDriver, SqlStatement } from '@objectstack/spec/contracts';

const HAS_RETAINED = `SELECT 1 FROM sqlite_schema WHERE name = '_os_seed_kept'`;

/**
 * Retained records without which a rollback would lose records, references or values. It requires neither what it has
 * restored nor states that only seeds of the same deployment gave to records that they created.
 */
const REQUIRED = `kind <> 'restored' AND NOT (json_extract(content, '$.origin.deployment') IS deployment
  AND json_extract(content, '$.origin.writtenAt') IS json_extract(content, '$.row.updated_at'))`;

async function hasRetained(driver: IDataDriver): Promise<boolean> {
  return (await driver.execute(HAS_RETAINED)).rows.length > 0;
}

/** A deployment whose seeds removed records of an object, cleared lookups or overwrote values. */
export interface SeedRemoval {
  readonly deployment: string;
  readonly object: string;
}

/** Deployments that cannot be rolled back without the retained records whose retention window has expired. */
export async function expiredSeedRemovals(driver: IDataDriver, now: string): Promise<SeedRemoval[]> {
  if (!(await hasRetained(driver))) return [];
  const { rows } = await driver.execute(
    `SELECT DISTINCT deployment, object FROM _os_seed_kept WHERE expires_at <= ? AND ${REQUIRED}
    ORDER BY deployment, object`,
    [now],
  );
  return rows.map(({ deployment, object }) => ({ deployment: String(deployment), object: String(object) }));
}

/**
 * Statements that delete retained records that seeds removed or overwrote, after their retention window has expired.
 * Records that a rollback requires are only deleted if their deployment is one of those given.
 */
export async function purgeRetainedSeedRecords(
  driver: IDataDriver,
  removals: readonly SeedRemoval[],
  now: string,
): Promise<SqlStatement[]> {
  if (!(await hasRetained(driver))) return [];
  const deployments = JSON.stringify(removals.map(({ deployment }) => deployment));
  return [
    {
      sql: `DELETE FROM _os_seed_kept WHERE expires_at <= ?
        AND (NOT (${REQUIRED}) OR deployment IN (SELECT value FROM temp.json_each(?)))`,
      args: [now, deployments],
    },
  ];
}

/**
 * Erases records of an object from the retained records that seeds removed or overwrote. Returns the number of rows.
 */
export async function eraseRetainedSeedRecords(
  driver: IDataDriver,
  object: string,
  ids: readonly string[],
): Promise<number> {
  if (!(await hasRetained(driver))) return 0;
  const sql =
    'DELETE FROM _os_seed_kept WHERE object = ? AND record IN (SELECT value FROM temp.json_each(?))';
  return (await driver.execute(sql, [object, JSON.stringify(ids)])).rowsAffected;
}
