import { ObjectStackError } from '@objectstack/spec/shared';
import { type Kysely, sql } from 'kysely';
import { addDatabasePool } from './add-database-pool.js';
import { addProvisioningLeases } from './add-provisioning-leases.js';
import { addTenantNames } from './add-tenant-names.js';
import { createAuditTable } from './create-audit-table.js';
import { createCopyTable } from './create-copy-table.js';
import { createQuotaTables } from './create-quota-tables.js';
import { createRegistryTables } from './create-registry-tables.js';
import { createTemplateTable } from './create-template-table.js';
import { addAppReleases } from './fleet/add-app-releases.js';
import { addRolloutAccess } from './fleet/add-rollout-access.js';
import { createFleetTables } from './fleet/create-fleet-tables.js';
import { isPostgres, readCommitted } from './is-postgres.js';
import type { RegistryTables } from './registry-tables.js';

/**
 * Migration of the registry's own tables. Missing migrations run in one transaction, in the order of their versions. A
 * released migration never changes; later changes are new migrations with the next version.
 */
export interface RegistryMigration {
  readonly version: number;
  readonly name: string;
  up(db: Kysely<RegistryTables>): Promise<void>;
}

interface MigrationRow {
  version: number;
  name: string;
  applied_at: string;
}

type MigrationTables = RegistryTables & { _os_control_migration: MigrationRow };

/** Earlier versions stored the absolute path of a local database, so that a copied directory referred to the original. */
async function makeLocalUrlsRelative(db: Kysely<RegistryTables>): Promise<void> {
  await db
    .updateTable('_os_control_tenant')
    .set({ connection_url: sql<string>`'file:tenants/' || database_name || '.db'` })
    .where('connection_url', 'like', 'file:/%')
    .execute();
}

/** Columns that make each write of a deployment record a compare-and-set. */
async function addDeploymentLeases(db: Kysely<RegistryTables>): Promise<void> {
  await db.schema
    .alterTable('_os_control_deployment')
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable('_os_control_deployment').addColumn('lease_id', 'text').execute();
}

/** A registry older than migrations has the tables of version 1 and no recorded migration. */
export const REGISTRY_MIGRATIONS: readonly RegistryMigration[] = [
  { version: 1, name: 'create_tables', up: createRegistryTables },
  { version: 2, name: 'make_local_urls_relative', up: makeLocalUrlsRelative },
  { version: 3, name: 'add_deployment_leases', up: addDeploymentLeases },
  { version: 4, name: 'create_audit_table', up: createAuditTable },
  { version: 5, name: 'create_template_table', up: createTemplateTable },
  { version: 6, name: 'add_provisioning_leases', up: addProvisioningLeases },
  { version: 7, name: 'add_tenant_names', up: addTenantNames },
  { version: 8, name: 'add_database_pool', up: addDatabasePool },
  { version: 9, name: 'create_quota_tables', up: createQuotaTables },
  { version: 10, name: 'create_fleet_tables', up: createFleetTables },
  { version: 11, name: 'create_copy_table', up: createCopyTable },
  { version: 12, name: 'add_rollout_access', up: addRolloutAccess },
  { version: 13, name: 'add_app_releases', up: addAppReleases },
];

async function createMigrationTable(db: Kysely<MigrationTables>): Promise<void> {
  await db.schema
    .createTable('_os_control_migration')
    .ifNotExists()
    .addColumn('version', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at', 'text', (column) => column.notNull())
    .execute();
}

async function appliedVersion(db: Kysely<MigrationTables>): Promise<number> {
  const row = await db
    .selectFrom('_os_control_migration')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}

function assertKnown(found: number, latest: number): void {
  if (found <= latest) return;
  throw new ObjectStackError({
    code: 'unsupported_protocol_version',
    message:
      `The control database was written by a newer release (schema version ${found}; this release supports ${latest}). ` +
      'Update @objectstack/runtime.',
    details: { foundVersion: found, latestVersion: latest },
  });
}

/** Any number that no other program is likely to lock in the same database. */
const MIGRATION_LOCK = 7_203_104_881;
const LOCKED_WITHIN_MS = 20_000;

/**
 * Waits until no other process migrates. SQLite has one writer at a time anyway; in PostgreSQL the lock belongs to the
 * transaction and not to the session, which a pooler may share.
 */
async function waitForMigrations(db: Kysely<RegistryTables>): Promise<void> {
  if (!isPostgres(db)) return;
  await sql`select set_config('lock_timeout', ${String(LOCKED_WITHIN_MS)}, true)`.execute(db);
  await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(db);
}

/** Migrates the tables of the registry. Several processes may do so concurrently. */
export async function migrateRegistry(
  db: Kysely<RegistryTables>,
  migrations: readonly RegistryMigration[] = REGISTRY_MIGRATIONS,
): Promise<void> {
  await readCommitted(db).execute(async (transaction) => {
    const tables = transaction as unknown as Kysely<MigrationTables>;
    await waitForMigrations(transaction);
    await createMigrationTable(tables);
    const found = await appliedVersion(tables);
    assertKnown(found, Math.max(0, ...migrations.map(({ version }) => version)));
    for (const { version, name, up } of migrations) {
      if (version <= found) continue;
      await up(transaction);
      const applied_at = new Date().toISOString();
      await tables.insertInto('_os_control_migration').values({ version, name, applied_at }).execute();
    }
  });
}
