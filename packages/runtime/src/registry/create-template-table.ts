import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from './registry-tables.js';

/** Templates, and the columns of a tenant that say where its database comes from. */
export async function createTemplateTable(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_template')
    .ifNotExists()
    .addColumn('database_name', text, (column) => column.primaryKey().notNull())
    .addColumn('content_key', text, (column) => column.unique())
    .addColumn('region', text)
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('used_at', text, (column) => column.notNull())
    .execute();
  await db.schema.alterTable('_os_control_tenant').addColumn('requested_region', text).execute();
  await db.schema.alterTable('_os_control_tenant').addColumn('template_database', text).execute();
}
