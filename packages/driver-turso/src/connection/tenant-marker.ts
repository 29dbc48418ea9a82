import type { SqlResult, SqlStatement, TenantMarker } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

type Execute = (statement: SqlStatement) => Promise<Pick<SqlResult, 'rows'>>;

/** Whether there is a table of that name with our columns; a table or view without them is not ours. */
const HAS_MARKER = `SELECT count(*) AS columns FROM temp.pragma_table_info('_os_tenant') WHERE name IN ('id', 'created_at')`;
/** The marker of a database that has the table; at most one row means that it is one. */
export const MARKER = 'SELECT id, created_at FROM _os_tenant LIMIT 2';

/** The marker of a database, or null when it has none. */
export async function readTenantMarker(execute: Execute): Promise<TenantMarker | null> {
  if (Number((await execute({ sql: HAS_MARKER })).rows[0]?.columns) !== 2) return null;
  return toMarker(await execute({ sql: MARKER }));
}

/** The answer to {@link MARKER}. */
export function toMarker({ rows }: Pick<SqlResult, 'rows'>): TenantMarker | null {
  const [marker] = rows;
  if (!marker || rows.length > 1) return null;
  return { tenantId: String(marker.id), createdAt: String(marker.created_at) };
}

/** Refuses a database that is not the tenant's. Whose it is instead is nobody's business here. */
export async function assertTenantMarker(execute: Execute, expectedTenantId: string): Promise<void> {
  assertMarkerOf(await readTenantMarker(execute), expectedTenantId);
}

/** Throws `database_invalid` unless the marker is the tenant's. */
export function assertMarkerOf(
  marker: Pick<TenantMarker, 'tenantId'> | null,
  expectedTenantId: string,
): void {
  if (marker?.tenantId === expectedTenantId) return;
  const reason = marker ? 'belongs to another tenant' : 'holds no tenant';
  throw new ObjectStackError({
    code: 'database_invalid',
    message:
      `The database ${reason}; expected the database of tenant ${expectedTenantId}. ` +
      "Put the tenant's own database back in place.",
    details: { reason: marker ? 'tenant_mismatch' : 'tenant_missing', expectedTenantId },
  });
}
