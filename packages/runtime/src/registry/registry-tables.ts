import type { DeployStatus, ProvisioningStep, ProvisioningStepName, Tenant } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';

export interface TenantRow {
  id: string;
  organization_id: string;
  request_key: string | null;
  request_fingerprint: string;
  name: string | null;
  admin_email: string | null;
  metadata: string | null;
  isolation_level: Tenant['isolationLevel'];
  database_provider: Tenant['databaseProvider'];
  database_name: string;
  connection_url: string | null;
  connection_group: string | null;
  sealed_token: string | null;
  status: Tenant['provisioningStatus'];
  plan: Tenant['plan'];
  region: Tenant['region'];
  created_at: string;
  provisioned_at: string | null;
  purge_at: string | null;
  deadline_at: string | null;
  destroyed_at: string | null;
}

export interface StepRow {
  tenant_id: string;
  name: ProvisioningStepName;
  status: ProvisioningStep['status'];
  attempt: number;
  started_at: string | null;
  completed_at: string | null;
  error_code: string | null;
  retryable: 0 | 1 | null;
  external_ref: string | null;
}

export interface DeploymentRow {
  tenant_id: string;
  id: string;
  plan_hash: string;
  bundle_checksum: string;
  bundle_version: string;
  status: DeployStatus;
  started_at: string;
  updated_at: string;
  rollback_of: string | null;
  superseded_by: string | null;
  result: string | null;
  revision: number;
  lease_id: string | null;
}

/** Tables of the control database. */
export interface RegistryTables {
  _os_control_tenant: TenantRow;
  _os_control_step: StepRow;
  _os_control_deployment: DeploymentRow;
}

async function createTenantTable(db: Kysely<RegistryTables>): Promise<void> {
  await db.schema
    .createTable('_os_control_tenant')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('organization_id', 'text', (column) => column.notNull())
    .addColumn('request_key', 'text')
    .addColumn('request_fingerprint', 'text', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('admin_email', 'text')
    .addColumn('metadata', 'text')
    .addColumn('isolation_level', 'text', (column) => column.notNull())
    .addColumn('database_provider', 'text', (column) => column.notNull())
    .addColumn('database_name', 'text', (column) => column.notNull().unique())
    .addColumn('connection_url', 'text')
    .addColumn('connection_group', 'text')
    .addColumn('sealed_token', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('plan', 'text', (column) => column.notNull())
    .addColumn('region', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('provisioned_at', 'text')
    .addColumn('purge_at', 'text')
    .addColumn('deadline_at', 'text')
    .addColumn('destroyed_at', 'text')
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
  await db.schema
    .createTable('_os_control_step')
    .ifNotExists()
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('started_at', 'text')
    .addColumn('completed_at', 'text')
    .addColumn('error_code', 'text')
    .addColumn('retryable', 'integer')
    .addColumn('external_ref', 'text')
    .addPrimaryKeyConstraint('_os_control_step_key', ['tenant_id', 'name'])
    .execute();
}

async function createDeploymentTable(db: Kysely<RegistryTables>): Promise<void> {
  await db.schema
    .createTable('_os_control_deployment')
    .ifNotExists()
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('plan_hash', 'text', (column) => column.notNull())
    .addColumn('bundle_checksum', 'text', (column) => column.notNull())
    .addColumn('bundle_version', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('rollback_of', 'text')
    .addColumn('superseded_by', 'text')
    .addColumn('result', 'text')
    .addPrimaryKeyConstraint('_os_control_deployment_key', ['tenant_id', 'id'])
    .execute();
}

/** Creates missing tables. */
export async function createRegistryTables(db: Kysely<RegistryTables>): Promise<void> {
  await createTenantTable(db);
  await createStepTable(db);
  await createDeploymentTable(db);
}

const NAMES = ['_os_control_tenant', '_os_control_step', '_os_control_deployment'] as const;

/** Rejects with the error of a statement on a missing table: migrations that have run do not create it again. */
export async function assertRegistryTables(db: Kysely<RegistryTables>): Promise<void> {
  for (const name of NAMES) await db.selectFrom(name).select('status').limit(0).execute();
}
