import type { IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import { readHistory } from './read-history.js';
import { undoStackOf } from './undo-stack.js';

interface Expiry {
  /** Deployments whose retained data is purged. */
  readonly deployments: readonly string[];
  /** Deployments that can no longer be rolled back as a consequence. */
  readonly unreachable: readonly string[];
}

/** Deployments of a stack above the last expired one. They can still be rolled back, one after the other. */
function reachable(stack: readonly { readonly id: string }[], expired: ReadonlySet<string>): string[] {
  const last = stack.findLastIndex(({ id }) => expired.has(id));
  return stack.slice(last + 1).map(({ id }) => id);
}

/** Deployments that cannot be rolled back after these retained tables are purged. */
export async function expiryOf(driver: IDataDriver, tables: readonly string[]): Promise<Expiry> {
  const { rows } = await driver.execute(
    'SELECT DISTINCT deployment FROM _os_undo WHERE id IN (SELECT value FROM temp.json_each(?))',
    [JSON.stringify(tables)],
  );
  const deployments = rows.map(({ deployment }) => String(deployment));
  const history = await readHistory(driver);
  const { undo, redo } = undoStackOf(history);
  const expired = new Set([
    ...deployments,
    ...history.flatMap(({ id, isRetained }) => (isRetained ? [] : [id])),
  ]);
  const within = new Set([...reachable(undo, expired), ...reachable(redo, expired), ...deployments]);
  const unreachable = history.flatMap(({ id, isRetained }) => (isRetained && !within.has(id) ? [id] : []));
  return { deployments, unreachable };
}

/**
 * Statements that delete undo information. The object names of an expired deployment remain, for the `undo_expired`
 * error.
 */
export function expireUndo(deployments: readonly string[], unreachable: readonly string[]): SqlStatement[] {
  const among = 'id IN (SELECT value FROM temp.json_each(?))';
  const objects = `(SELECT json_group_array(json_extract(value, '$.object')) FROM temp.json_each(undo, '$.tables'))`;
  return [
    {
      sql: `UPDATE _os_deployment SET undo = json_object('expired', ${objects}) WHERE undo IS NOT NULL AND json_type(undo, '$.expired') IS NULL AND ${among}`,
      args: [JSON.stringify(deployments)],
    },
    { sql: `UPDATE _os_deployment SET undo = NULL WHERE ${among}`, args: [JSON.stringify(unreachable)] },
  ];
}
