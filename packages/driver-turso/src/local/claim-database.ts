import type { ClaimOptions, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Connection } from '../connection/connection.js';
import { readTenantMarker } from '../connection/tenant-marker.js';
import {
  databaseIsEmpty,
  guardOf,
  markerIs,
  systemTablesAreMissing,
} from '../migration/plan/draft/guard-of.js';
import { CREATE_SYSTEM_TABLES, FORMAT_VERSION } from '../schema/create-system-tables.js';

async function markerOf(connection: Connection): Promise<string | null> {
  const marker = await readTenantMarker((statement) => connection.execute(statement));
  return marker?.tenantId ?? null;
}

const collision = () =>
  new ObjectStackError({
    code: 'database_collision',
    message:
      'The database does not belong to this tenant, and is neither empty nor a copy of the template of the tenant. ' +
      'Check the database name of the connection.',
  });

/** Claims a database without a marker. If it adopts, the database need not be empty. */
function claimUnmarked(tenantId: string, adopts: boolean): SqlStatement[] {
  const now = new Date().toISOString();
  const marker = {
    sql: 'INSERT INTO _os_tenant (id, format_version, created_at, updated_at) VALUES (?, ?, ?, ?)',
    args: [tenantId, FORMAT_VERSION, now, now],
  };
  const guard = adopts ? systemTablesAreMissing() : databaseIsEmpty();
  return [guard, ...CREATE_SYSTEM_TABLES.map((sql) => ({ sql })), marker];
}

/** The guard makes the update a compare-and-set: of two tenants that claim one copy, one succeeds. */
function claimCopy(tenantId: string, copyOf: string): SqlStatement[] {
  const now = new Date().toISOString();
  const sql = 'UPDATE _os_tenant SET id = ?, created_at = ?, updated_at = ? WHERE id = ?';
  return [markerIs(copyOf), { sql, args: [tenantId, now, now, copyOf] }];
}

/** See {@link DataPlane.claimDatabase}. */
export async function claimDatabase(
  connection: Connection,
  tenantId: string,
  { copyOf, adopts = false }: ClaimOptions = {},
): Promise<void> {
  const marker = await markerOf(connection);
  if (marker === tenantId) return;
  if (copyOf !== undefined && marker !== copyOf) throw collision();
  const statements = copyOf === undefined ? claimUnmarked(tenantId, adopts) : claimCopy(tenantId, copyOf);
  try {
    await connection.atomic(statements, { foreignKeys: 'on', mode: 'write' });
  } catch (error) {
    if (guardOf(error) === undefined) throw error;
    if ((await markerOf(connection)) === tenantId) return;
    throw collision();
  }
}
