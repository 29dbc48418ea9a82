import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from '../registry-tables.js';

type Database = Kysely<RegistryTables>;

async function createReleaseTables(db: Database): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_release')
    .addColumn('name', text, (column) => column.primaryKey().notNull())
    .addColumn('bundle_checksum', text, (column) => column.notNull().unique())
    .addColumn('bundle_version', text, (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('_os_control_channel')
    .addColumn('name', text, (column) => column.primaryKey().notNull())
    .addColumn('release_name', text)
    .addColumn('updated_at', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('_os_control_tenant_release')
    .addColumn('tenant_id', text, (column) => column.primaryKey().notNull())
    .addColumn('channel', text, (column) => column.notNull())
    .addColumn('desired_release', text)
    .execute();
}

async function createRolloutTable(db: Database): Promise<void> {
  const text = textType(db);
  await db.schema
    .createTable('_os_control_rollout')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('release_name', text, (column) => column.notNull())
    .addColumn('plan', text, (column) => column.notNull())
    .addColumn('strategy', text)
    .addColumn('wave', 'integer', (column) => column.notNull())
    .addColumn('bake_until', text)
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('started_at', text)
    .addColumn('ended_at', text)
    .addColumn('updated_at', text, (column) => column.notNull())
    .addColumn('lease_token', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('lease_until', text)
    .execute();
}

async function createRolloutTenantTable(db: Database): Promise<void> {
  const text = textType(db);
  const table = '_os_control_rollout_tenant';
  await db.schema
    .createTable(table)
    .addColumn('rollout_id', text, (column) => column.notNull())
    .addColumn('tenant_id', text, (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('wave', 'integer')
    .addColumn('base_schema_hash', text)
    .addColumn('base_deployment_id', text)
    .addColumn('plan_hash', text)
    .addColumn('has_records', 'integer', (column) => column.notNull())
    .addColumn('deployment_id', text)
    .addColumn('error_code', text)
    .addColumn('problem', text)
    .addColumn('duration_ms', 'double precision')
    .addColumn('previous_desired', text)
    .addPrimaryKeyConstraint(`${table}_key`, ['rollout_id', 'tenant_id'])
    .execute();
  const indexes = {
    [`${table}_position`]: ['rollout_id', 'position'],
    [`${table}_state`]: ['rollout_id', 'state', 'wave', 'position'],
    [`${table}_tenant`]: ['tenant_id'],
    [`${table}_plan`]: ['plan_hash'],
  };
  for (const [name, columns] of Object.entries(indexes))
    await db.schema.createIndex(name).on(table).columns(columns).execute();
}

/** Releases, channels, rollouts, and the state of each tenant in a rollout. */
export async function createFleetTables(db: Database): Promise<void> {
  await createReleaseTables(db);
  await createRolloutTable(db);
  await createRolloutTenantTable(db);
}
