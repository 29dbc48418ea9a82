import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from './registry-tables.js';

async function createTenantTable(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_tenant')
    .ifNotExists()
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('organization_id', text, (column) => column.notNull())
    .addColumn('request_key', text)
    .addColumn('request_fingerprint', text, (column) => column.notNull())
    .addColumn('name', text)
    .addColumn('admin_email', text)
    .addColumn('metadata', text)
    .addColumn('isolation_level', text, (column) => column.notNull())
    .addColumn('database_provider', text, (column) => column.notNull())
    .addColumn('database_name', text, (column) => column.notNull().unique())
    .addColumn('connection_url', text)
    .addColumn('connection_group', text)
    .addColumn('sealed_token', text)
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('plan', text, (column) => column.notNull())
    .addColumn('region', text, (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('provisioned_at', text)
    .addColumn('purge_at', text)
    .addColumn('deadline_at', text)
    .addColumn('destroyed_at', text)
    .addUniqueConstraint('_os_control_tenant_request', ['organization_id', 'request_key'])
    .execute();
  await db.schema
    .createIndex('_os_control_tenant_deadline')
    .ifNotExists()
    .on('_os_control_tenant')
    .column('deadline_at')
    .execute();
}

async function createStepTable(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_step')
    .ifNotExists()
    .addColumn('tenant_id', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('started_at', text)
    .addColumn('completed_at', text)
    .addColumn('error_code', text)
    .addColumn('retryable', 'integer')
    .addColumn('external_ref', text)
    .addPrimaryKeyConstraint('_os_control_step_key', ['tenant_id', 'name'])
    .execute();
}

async function createDeploymentTable(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_deployment')
    .ifNotExists()
    .addColumn('tenant_id', text, (column) => column.notNull())
    .addColumn('id', text, (column) => column.notNull())
    .addColumn('plan_hash', text, (column) => column.notNull())
    .addColumn('bundle_checksum', text, (column) => column.notNull())
    .addColumn('bundle_version', text, (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('started_at', text, (column) => column.notNull())
    .addColumn('updated_at', text, (column) => column.notNull())
    .addColumn('rollback_of', text)
    .addColumn('superseded_by', text)
    .addColumn('result', text)
    .addPrimaryKeyConstraint('_os_control_deployment_key', ['tenant_id', 'id'])
    .execute();
}

/** Creates missing tables. */
export async function createRegistryTables(db: Kysely<RegistryTables>): Promise<void> {
  await createTenantTable(db);
  await createStepTable(db);
  await createDeploymentTable(db);
}
