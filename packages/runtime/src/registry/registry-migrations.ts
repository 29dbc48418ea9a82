import { ObjectStackError } from '@objectstack/spec/shared';
import { type Kysely, sql } from 'kysely';
import { createRegistryTables, type RegistryTables } from './registry-tables.js';

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

/** Earlier versions stored the absolute path of a local database, so that a copied folder referred to the original. */
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
    code: 'database_invalid',
    message:
      `The control database was written by a newer release (schema version ${found}; this release supports ${latest}). ` +
      'Update @objectstack/runtime.',
    details: { foundVersion: found, latestVersion: latest },
  });
}

/** Migrates the tables of the registry. Several processes may do so concurrently. */
export async function migrateRegistry(
  db: Kysely<RegistryTables>,
  migrations: readonly RegistryMigration[] = REGISTRY_MIGRATIONS,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const tables = transaction as unknown as Kysely<MigrationTables>;
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
