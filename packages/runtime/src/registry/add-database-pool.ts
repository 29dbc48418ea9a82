import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from './registry-tables.js';

/** Databases that were prepared for later tenants, and leases of work that one process at a time does. */
export async function addDatabasePool(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_pool')
    .addColumn('tenant_id', text, (column) => column.primaryKey().notNull())
    .addColumn('database_name', text, (column) => column.notNull().unique())
    .addColumn('pool_key', text, (column) => column.notNull())
    .addColumn('region', text)
    .addColumn('template_database', text)
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('url', text)
    .addColumn('owner', text, (column) => column.notNull())
    .addColumn('used_at', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('_os_control_pool_key')
    .on('_os_control_pool')
    .columns(['pool_key', 'status'])
    .execute();
  await db.schema
    .createTable('_os_control_lease')
    .addColumn('name', text, (column) => column.primaryKey().notNull())
    .addColumn('token', 'integer', (column) => column.notNull())
    .addColumn('lease_until', text, (column) => column.notNull())
    .execute();
}
