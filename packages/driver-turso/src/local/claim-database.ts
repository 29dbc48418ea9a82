import { ObjectStackError } from '@objectstack/spec/shared';
import type { Connection } from '../connection/connection.js';
import { readTenantMarker } from '../connection/tenant-marker.js';
import { databaseIsEmpty, guardOf } from '../migration/plan/draft/guard-of.js';
import { CREATE_SYSTEM_TABLES, FORMAT_VERSION } from '../schema/create-system-tables.js';

async function markerOf(connection: Connection): Promise<string | null> {
  const marker = await readTenantMarker((statement) => connection.execute(statement));
  return marker?.tenantId ?? null;
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
      message:
        'The database is not empty and does not belong to this tenant. Check the database name of the connection, or use ' +
        'an empty database.',
    });
  }
}
