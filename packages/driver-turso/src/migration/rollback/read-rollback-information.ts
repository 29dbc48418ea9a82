import type { IDataDriver, SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { RetainedTable } from '@objectstack/spec/system';
import { readJson } from '../../schema/read-json.js';
import { earlierRetainedName } from '../plan/retained/retain-values.js';
import type { RollbackInformation } from './rollback-information.js';

const UNDO = 'SELECT undo FROM _os_deployment WHERE id = ?';
const RETAINED = `SELECT _os_undo.id FROM _os_undo JOIN sqlite_schema ON name = _os_undo.id AND type = 'table'
  WHERE deployment = ?`;

/** Stored rollback information. After the retained data is purged, only the object names remain. */
type Stored = RollbackInformation | { readonly expired: readonly string[]; readonly baseline?: true };

function isFirst(deploymentId: string): ObjectStackError {
  return new ObjectStackError({
    code: 'undo_expired',
    message:
      'The deployment adopted the database as it was, so there is no earlier version to return to. Deploy a bundle with the changes instead.',
    details: { deploymentId, objects: [] },
  });
}

function expired(deploymentId: string, objects: readonly string[]): ObjectStackError {
  return new ObjectStackError({
    code: 'undo_expired',
    message:
      "The retention window of the deployment's removed data has expired, so it cannot be rolled back. Restore the data from a backup.",
    details: { deploymentId, objects: [...objects] },
  });
}

/** Current names of retained tables. A later run of the same change may have renamed them. */
function locate(tables: readonly RetainedTable[], deploymentId: string, retained: SqlResult | undefined) {
  const names = new Set((retained?.rows ?? []).map(({ id }) => String(id)));
  return tables.map((table) => {
    const name = [table.name, earlierRetainedName(table.name, deploymentId)].find((one) => names.has(one));
    return { table, name };
  });
}

/** The rollback information of a deployment. Throws `undo_expired` if its retention window has expired. */
export async function readRollbackInformation(
  driver: IDataDriver,
  deploymentId: string,
): Promise<RollbackInformation> {
  const args = [deploymentId];
  const statements = [UNDO, RETAINED].map((sql) => ({ sql, args }));
  const [stored, retained] = await driver.executeAtomic(statements, { mode: 'read' });
  const text = stored?.rows[0]?.undo;
  const information: Stored = typeof text === 'string' ? (readJson(text) as Stored) : { expired: [] };
  if ('expired' in information)
    throw information.baseline ? isFirst(deploymentId) : expired(deploymentId, information.expired);
  const located = locate(information.tables, deploymentId, retained);
  const missing = located.flatMap(({ table, name }) => (name === undefined ? [table.object] : []));
  if (missing.length > 0) throw expired(deploymentId, missing);
  const tables = located.flatMap(({ table, name }) => (name === undefined ? [] : [{ ...table, name }]));
  return { ...information, tables };
}
