import type { Kysely } from 'kysely';
import { isPostgres } from './is-postgres.js';
import { type RegistryTables, textType } from './registry-tables.js';

/** Its sequence number orders the entries: clocks of several processes may differ. */
export async function createAuditTable(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_audit')
    .ifNotExists()
    .addColumn('sequence', isPostgres(db) ? 'bigserial' : 'integer', (column) =>
      isPostgres(db) ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('at', text, (column) => column.notNull())
    .addColumn('tenant_id', text, (column) => column.notNull())
    .addColumn('action', text, (column) => column.notNull())
    .addColumn('deployment_id', text)
    .addColumn('value_before', text)
    .addColumn('value_after', text)
    .addColumn('actor', text)
    .addColumn('request_id', text)
    .execute();
  await db.schema
    .createIndex('_os_control_audit_tenant')
    .ifNotExists()
    .on('_os_control_audit')
    .columns(['tenant_id', 'sequence'])
    .execute();
}
