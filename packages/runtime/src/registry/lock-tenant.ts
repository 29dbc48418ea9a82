import type { Kysely } from 'kysely';
import { tenantNotFound } from '../shared/find-tenant.js';
import type { RegistryTables } from './registry-tables.js';

/**
 * Locks the rows of the tenants until the end of the transaction, so that changes of their usage run one after the other. Throws
 * `tenant_not_found`, also for a destroyed tenant.
 */
export async function lockTenants(db: Kysely<RegistryTables>, tenantIds: readonly string[]): Promise<void> {
  // An update locks the rows in PostgreSQL, and makes the transaction the only writer in SQLite.
  const { numUpdatedRows } = await db
    .updateTable('_os_control_tenant')
    .set((eb) => ({ id: eb.ref('id') }))
    .where('id', 'in', [...tenantIds])
    .where('destroyed_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== BigInt(new Set(tenantIds).size)) throw tenantNotFound();
}

/** Locks the row of one tenant like {@link lockTenants}. */
export const lockTenant = (db: Kysely<RegistryTables>, tenantId: string): Promise<void> =>
  lockTenants(db, [tenantId]);
