import type { SqlResult, SqlStatement, TenantMarker } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

type Execute = (statement: SqlStatement) => Promise<Pick<SqlResult, 'rows'>>;

/** Whether the system table of tenant markers exists, with its columns; another table or view of that name is unmanaged. */
const HAS_MARKER = `SELECT count(*) AS columns FROM temp.pragma_table_info('_os_tenant') WHERE name IN ('id', 'created_at')`;
/** Selects the marker of a database that has the table. Two rows mean that there is no valid marker. */
export const TENANT_MARKER = 'SELECT id, created_at FROM _os_tenant LIMIT 2';

/** The marker of a database, or null if it has none. */
export async function readTenantMarker(execute: Execute): Promise<TenantMarker | null> {
  if (Number((await execute({ sql: HAS_MARKER })).rows[0]?.columns) !== 2) return null;
  return toMarker(await execute({ sql: TENANT_MARKER }));
}

/** The marker in the result of {@link TENANT_MARKER}. */
export function toMarker({ rows }: Pick<SqlResult, 'rows'>): TenantMarker | null {
  const [marker] = rows;
  if (!marker || rows.length > 1) return null;
  return { tenantId: String(marker.id), createdAt: String(marker.created_at) };
}

/** Rejects a database of another tenant. The error does not reveal which tenant that is. */
export async function assertTenantMarker(execute: Execute, expectedTenantId: string): Promise<void> {
  assertMarkerOf(await readTenantMarker(execute), expectedTenantId);
}

/** Throws `database_invalid` unless the marker is that of the tenant. */
export function assertMarkerOf(
  marker: Pick<TenantMarker, 'tenantId'> | null,
  expectedTenantId: string,
): void {
  if (marker?.tenantId === expectedTenantId) return;
  const reason = marker ? 'belongs to another tenant' : 'belongs to no tenant';
  throw new ObjectStackError({
    code: 'database_invalid',
    message:
      `The database ${reason}; expected the database of tenant ${expectedTenantId}. ` +
      "Restore the tenant's own database.",
    details: { reason: marker ? 'tenant_mismatch' : 'tenant_missing', expectedTenantId },
  });
}
