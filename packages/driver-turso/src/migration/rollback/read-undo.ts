import type { IDataDriver, SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { RetainedTable } from '@objectstack/spec/system';
import { readJson } from '../../schema/read-json.js';
import { nameAside } from '../plan/retained/retain-values.js';
import type { Undo } from './undo.js';

const UNDO = 'SELECT undo FROM _os_deployment WHERE id = ?';
const RETAINED = `SELECT _os_undo.id FROM _os_undo JOIN sqlite_schema ON name = _os_undo.id AND type = 'table'
  WHERE deployment = ?`;

/** What is left of the undo information once the retained data is purged. */
type Stored = Undo | { readonly expired: readonly string[] };

function expired(deploymentId: string, objects: readonly string[]): ObjectStackError {
  return new ObjectStackError({
    code: 'undo_expired',
    message: 'The data that the deployment removed is no longer retained.',
    details: { deploymentId, objects: [...objects] },
  });
}

/** Retained tables under the names that they have now: a later run of the same change took their first ones. */
function locate(tables: readonly RetainedTable[], deploymentId: string, retained: SqlResult | undefined) {
  const names = new Set((retained?.rows ?? []).map(({ id }) => String(id)));
  return tables.map((table) => {
    const name = [table.name, nameAside(table.name, deploymentId)].find((one) => names.has(one));
    return { table, name };
  });
}

/** What it takes to undo a deployment; or `undo_expired`. */
export async function readUndo(driver: IDataDriver, deploymentId: string): Promise<Undo> {
  const args = [deploymentId];
  const statements = [UNDO, RETAINED].map((sql) => ({ sql, args }));
  const [stored, retained] = await driver.executeAtomic(statements, { mode: 'read' });
  const text = stored?.rows[0]?.undo;
  const undo: Stored = typeof text === 'string' ? (readJson(text) as Stored) : { expired: [] };
  if ('expired' in undo) throw expired(deploymentId, undo.expired);
  const located = locate(undo.tables, deploymentId, retained);
  const missing = located.flatMap(({ table, name }) => (name === undefined ? [table.object] : []));
  if (missing.length > 0) throw expired(deploymentId, missing);
  const tables = located.flatMap(({ table, name }) => (name === undefined ? [] : [{ ...table, name }]));
  return { ...undo, tables };
}
