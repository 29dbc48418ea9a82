import type { IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import { deploymentStackOf } from './deployment-stack.js';
import type { SeedRemoval } from './purge-retained-seed-records.js';
import { readHistory } from './read-history.js';

interface Expiry {
  /** Deployments whose retained data is purged. */
  readonly deployments: readonly string[];
  /** Deployments that can no longer be rolled back as a consequence. */
  readonly unreachable: readonly string[];
  /** The latest deployment of the history from which this was derived. */
  readonly latest: string | null;
}

/** Deployments of a stack above the last expired one. They can still be rolled back, one after the other. */
function reachable(stack: readonly { readonly id: string }[], expired: ReadonlySet<string>): string[] {
  const last = stack.findLastIndex(({ id }) => expired.has(id));
  return stack.slice(last + 1).map(({ id }) => id);
}

async function deploymentsOf(driver: IDataDriver, tables: readonly string[]): Promise<string[]> {
  if (tables.length === 0) return [];
  const { rows } = await driver.execute(
    'SELECT DISTINCT deployment FROM _os_undo WHERE id IN (SELECT value FROM temp.json_each(?))',
    [JSON.stringify(tables)],
  );
  return rows.map(({ deployment }) => String(deployment));
}

/** Deployments that cannot be rolled back after these retained tables and records removed by seeds are purged. */
export async function expiryOf(
  driver: IDataDriver,
  tables: readonly string[],
  removals: readonly SeedRemoval[],
): Promise<Expiry> {
  const ofSeeds = removals.map(({ deployment }) => deployment);
  const deployments = [...new Set([...(await deploymentsOf(driver, tables)), ...ofSeeds])];
  const history = await readHistory(driver);
  const { inEffect, redoable } = deploymentStackOf(history);
  const expired = new Set([
    ...deployments,
    ...history.flatMap(({ id, isRetained }) => (isRetained ? [] : [id])),
  ]);
  const within = new Set([...reachable(inEffect, expired), ...reachable(redoable, expired), ...deployments]);
  const unreachable = history.flatMap(({ id, isRetained }) => (isRetained && !within.has(id) ? [id] : []));
  return { deployments, unreachable, latest: history.at(-1)?.id ?? null };
}

/**
 * Statements that delete rollback information. The object names of an expired deployment remain, for the `undo_expired`
 * error.
 */
export function expireUndo(
  { deployments, unreachable }: Expiry,
  removals: readonly SeedRemoval[],
): SqlStatement[] {
  const among = 'id IN (SELECT value FROM temp.json_each(?))';
  const ofTables = `SELECT json_extract(value, '$.object') AS object FROM temp.json_each(undo, '$.tables')`;
  const ofSeeds = `SELECT json_extract(value, '$.object') FROM temp.json_each(?) WHERE json_extract(value, '$.deployment') = _os_deployment.id`;
  const objects = `(SELECT json_group_array(object) FROM (${ofTables} UNION ${ofSeeds}))`;
  return [
    {
      sql: `UPDATE _os_deployment SET undo = json_object('expired', ${objects}) WHERE undo IS NOT NULL AND json_type(undo, '$.expired') IS NULL AND ${among}`,
      args: [JSON.stringify(removals), JSON.stringify(deployments)],
    },
    { sql: `UPDATE _os_deployment SET undo = NULL WHERE ${among}`, args: [JSON.stringify(unreachable)] },
  ];
}
