import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from './registry-tables.js';

/**
 * Slugs and host names are unique among all tenants: one row each. What reads return is stored with the tenant, so that
 * every read stays one query of one table.
 */
export async function addTenantNames(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_tenant_name')
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('tenant_id', text, (column) => column.notNull())
    .addColumn('reserved_until', text)
    .addPrimaryKeyConstraint('_os_control_tenant_name_key', ['kind', 'name'])
    .execute();
  await db.schema
    .createIndex('_os_control_tenant_name_tenant')
    .on('_os_control_tenant_name')
    .column('tenant_id')
    .execute();
  await db.schema.alterTable('_os_control_tenant').addColumn('slug', text).execute();
  await db.schema.alterTable('_os_control_tenant').addColumn('hostnames', text).execute();
}
