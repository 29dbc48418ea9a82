import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from './registry-tables.js';

/** Quotas of single tenants, their members, reserved usage, and usage that is counted in the registry. */
export async function createQuotaTables(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  await db.schema.alterTable('_os_control_tenant').addColumn('quota_overrides', text).execute();
  await db.schema
    .createTable('_os_control_member')
    .addColumn('tenant_id', text, (column) => column.notNull())
    .addColumn('user_id', text, (column) => column.notNull())
    .addColumn('added_at', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('_os_control_member_key', ['tenant_id', 'user_id'])
    .execute();
  await db.schema
    .createTable('_os_control_usage')
    .addColumn('tenant_id', text, (column) => column.notNull())
    .addColumn('quota', text, (column) => column.notNull())
    .addColumn('period', text, (column) => column.notNull())
    .addColumn('used', 'bigint', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('_os_control_usage_key', ['tenant_id', 'quota'])
    .execute();
  await db.schema
    .createTable('_os_control_reservation')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('tenant_id', text, (column) => column.notNull())
    .addColumn('quota', text, (column) => column.notNull())
    .addColumn('period', text, (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', text, (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('_os_control_reservation_tenant')
    .on('_os_control_reservation')
    .columns(['tenant_id', 'quota'])
    .execute();
}
