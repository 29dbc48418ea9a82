import type { Kysely } from 'kysely';
import { tenantNotFound } from '../shared/find-tenant.js';
import type { RegistryTables } from './registry-tables.js';

/**
 * Locks the row of the tenant until the end of the transaction, so that changes of its usage run one after the other. Throws
 * `tenant_not_found`, also for a destroyed tenant.
 */
export async function lockTenant(db: Kysely<RegistryTables>, tenantId: string): Promise<void> {
  // An update locks the row in PostgreSQL, and makes the transaction the only writer in SQLite.
  const { numUpdatedRows } = await db
    .updateTable('_os_control_tenant')
    .set({ id: tenantId })
    .where('id', '=', tenantId)
    .where('destroyed_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw tenantNotFound();
}
