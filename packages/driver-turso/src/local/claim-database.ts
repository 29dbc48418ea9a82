import type { SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Connection } from '../connection/connection.js';
import { databaseIsEmpty, guardOf } from '../migration/guards.js';
import { CREATE_SYSTEM_TABLES, FORMAT_VERSION } from '../schema/system-tables.js';

const HAS_MARKER = `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_os_tenant') AS marked`;
const MARKER = 'SELECT id FROM _os_tenant';

/** A table of that name that is not ours has no such column. */
function emptyWhenForeign(error: unknown): SqlResult {
  if (ObjectStackError.isInstance(error) && error.code === 'sql_error') return { rows: [], rowsAffected: 0 };
  throw error;
}

async function markerOf(connection: Connection): Promise<string | null> {
  if ((await connection.execute({ sql: HAS_MARKER })).rows[0]?.marked !== 1) return null;
  const { rows } = await connection.execute({ sql: MARKER }).catch(emptyWhenForeign);
  return rows[0]?.id === undefined ? null : String(rows[0].id);
}

function claim(connection: Connection, tenantId: string) {
  const now = new Date().toISOString();
  const marker = {
    sql: 'INSERT INTO _os_tenant (id, format_version, created_at, updated_at) VALUES (?, ?, ?, ?)',
    args: [tenantId, FORMAT_VERSION, now, now],
  };
  const statements = [databaseIsEmpty(), ...CREATE_SYSTEM_TABLES.map((sql) => ({ sql })), marker];
  return connection.atomic(statements, { foreignKeys: 'on', mode: 'write' });
}

/** See {@link DataPlane.claimDatabase}. */
export async function claimDatabase(connection: Connection, tenantId: string): Promise<void> {
  if ((await markerOf(connection)) === tenantId) return;
  try {
    await claim(connection, tenantId);
  } catch (error) {
    if (guardOf(error) === undefined) throw error;
    if ((await markerOf(connection)) === tenantId) return;
    throw new ObjectStackError({
      code: 'database_collision',
      message: 'The database belongs to somebody else.',
    });
  }
}
