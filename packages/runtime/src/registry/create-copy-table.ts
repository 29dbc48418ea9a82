import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from './registry-tables.js';

/** Backups, replaced databases, and databases that are being prepared. */
export async function createCopyTable(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_copy')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('tenant_id', text, (column) => column.notNull())
    .addColumn('database_name', text, (column) => column.notNull().unique())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('expires_at', text)
    .execute();
  await db.schema
    .createIndex('_os_control_copy_tenant')
    .on('_os_control_copy')
    .columns(['tenant_id', 'created_at'])
    .execute();
  await db.schema
    .createIndex('_os_control_copy_expiry')
    .on('_os_control_copy')
    .column('expires_at')
    .execute();
}
