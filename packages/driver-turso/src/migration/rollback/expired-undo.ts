import type { IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import { readHistory } from './read-history.js';
import { undoStackOf } from './undo-stack.js';

interface Expiry {
  /** Deployments whose retained data goes. */
  readonly deployments: readonly string[];
  /** Deployments that no rollback reaches any more. */
  readonly unreachable: readonly string[];
}

/** Those above the last expired one of a stack can still be undone, one after the other. */
function reachable(stack: readonly { readonly id: string }[], expired: ReadonlySet<string>): string[] {
  const last = stack.findLastIndex(({ id }) => expired.has(id));
  return stack.slice(last + 1).map(({ id }) => id);
}

/** What cannot be rolled back any more once these retained tables are gone. */
export async function expireWith(driver: IDataDriver, tables: readonly string[]): Promise<Expiry> {
  const { rows } = await driver.execute(
    'SELECT DISTINCT deployment FROM _os_undo WHERE id IN (SELECT value FROM temp.json_each(?))',
    [JSON.stringify(tables)],
  );
  const deployments = rows.map(({ deployment }) => String(deployment));
  const history = await readHistory(driver);
  const { undo, redo } = undoStackOf(history);
  const gone = new Set([
    ...deployments,
    ...history.flatMap(({ id, isRetained }) => (isRetained ? [] : [id])),
  ]);
  const within = new Set([...reachable(undo, gone), ...reachable(redo, gone), ...deployments]);
  const unreachable = history.flatMap(({ id, isRetained }) => (isRetained && !within.has(id) ? [id] : []));
  return { deployments, unreachable };
}

/** Statements that drop undo information; of an expired deployment the names of its objects remain, to be told. */
export function forget(deployments: readonly string[], unreachable: readonly string[]): SqlStatement[] {
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
