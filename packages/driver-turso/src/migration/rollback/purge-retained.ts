import type { IDataDriver, SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { isSqlError } from '../../connection/is-sql-error.js';
import { quote } from '../../schema/quote.js';
import { placeholderName } from '../diff/renames/renamed-columns.js';
import { guardOf, latestDeploymentIs, retentionHasExpired } from '../plan/draft/guard-of.js';
import { expireUndo, expiryOf } from './expiry-of.js';
import {
  eraseRetainedSeedRecords,
  expiredSeedRemovals,
  purgeRetainedSeedRecords,
} from './purge-retained-seed-records.js';

const HAS_RETAINED = `SELECT 1 FROM sqlite_schema WHERE name = '_os_undo'`;

async function findRetainedTables(driver: IDataDriver, where: string, args: string[]): Promise<string[]> {
  if ((await driver.execute(HAS_RETAINED)).rows.length === 0) return [];
  const { rows } = await driver.execute(`SELECT id FROM _os_undo WHERE ${where} ORDER BY id`, args);
  return rows.map(({ id }) => String(id));
}

const EXPIRABLE = ['_os_undo', '_os_seed_kept'] as const;

/** Reads whether the retention window of anything in the tables has ended; see {@link foundExpired}. */
function findExpired(tables: readonly string[], at: string): SqlStatement {
  const any = tables.map((table) => `EXISTS (SELECT 1 FROM ${quote(table)} WHERE expires_at <= ?)`);
  return { sql: `SELECT ${any.join(' OR ')} AS expired`, args: tables.map(() => at) };
}

/** The same for a database that has every system table. */
export const findAnyExpired = (now: Date): SqlStatement => findExpired(EXPIRABLE, now.toISOString());

export const foundExpired = (result: SqlResult | undefined): boolean =>
  Number(result?.rows[0]?.expired) === 1;

async function anyExpired(driver: IDataDriver, tables: readonly string[], at: string): Promise<boolean> {
  if (tables.length === 0) return false;
  const { sql, args } = findExpired(tables, at);
  return foundExpired(await driver.execute(sql, args));
}

/** Whether the retention window of anything has ended, which is rare. One statement, unless a table is missing. */
async function hasExpired(driver: IDataDriver, at: string): Promise<boolean> {
  try {
    return await anyExpired(driver, EXPIRABLE, at);
  } catch (error) {
    if (!isSqlError(error)) throw error;
    const tables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN (${EXPIRABLE.map(() => '?').join(', ')})`;
    const { rows } = await driver.execute(tables, EXPIRABLE);
    return anyExpired(
      driver,
      rows.map(({ name }) => String(name)),
      at,
    );
  }
}

/** See {@link ISchemaDiffService.purgeRetained}. */
export async function purgeRetained(driver: IDataDriver, now = new Date()): Promise<number> {
  const at = now.toISOString();
  if (!(await hasExpired(driver, at))) return 0;
  const removals = await expiredSeedRemovals(driver, at);
  const expired = await findRetainedTables(driver, 'expires_at <= ?', [at]);
  const purges = await purgeRetainedSeedRecords(driver, removals, at);
  const drops = expired.flatMap((name) => [
    { sql: `DROP TABLE IF EXISTS ${quote(name)}` },
    { sql: 'DELETE FROM _os_undo WHERE id = ?', args: [name] },
  ]);
  if (expired.length === 0 && removals.length === 0) {
    if (purges.length > 0) await driver.executeAtomic(purges);
    return 0;
  }
  const expiry = await expiryOf(driver, expired, removals);
  const guards = [
    latestDeploymentIs(expiry.latest),
    ...(expired.length > 0 ? [retentionHasExpired(expired, at)] : []),
  ];
  try {
    await driver.executeAtomic([...guards, ...expireUndo(expiry, removals), ...purges, ...drops]);
  } catch (error) {
    const guard = guardOf(error);
    if (guard === 'OS_RETAINED_AGAIN' || guard === 'OS_DEPLOYMENT_CHANGED') return purgeRetained(driver, now);
    throw error;
  }
  return expired.length;
}

/** See {@link ISchemaDiffService.eraseRetained}. */
export async function eraseRetained(
  driver: IDataDriver,
  object: string,
  ids: readonly string[],
): Promise<number> {
  const tables = await findRetainedTables(driver, 'object IN (?, ?)', [object, placeholderName(object)]);
  const ofSeeds = await eraseRetainedSeedRecords(driver, object, ids);
  if (tables.length === 0 || ids.length === 0) return ofSeeds;
  const results = await driver.executeAtomic(
    tables.map((name) => ({
      sql: `DELETE FROM ${quote(name)} WHERE id IN (SELECT value FROM temp.json_each(?))`,
      args: [JSON.stringify(ids)],
    })),
  );
  return results.reduce((sum, { rowsAffected }) => sum + rowsAffected, ofSeeds);
}
