import { ObjectStackError } from '@objectstack/spec/shared';
import { type Kysely, sql } from 'kysely';
import { createRegistryTables, type RegistryTables } from './registry-tables.js';

/**
 * A change of the registry's own tables. All that are missing run in one transaction, in the order of their versions.
 * A released migration never changes: what comes later is a migration of its own, with the next version.
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

/** Earlier versions stored where the file of a local database lay, so that a copied folder led back to the original. */
async function makeLocalUrlsRelative(db: Kysely<RegistryTables>): Promise<void> {
  await db
    .updateTable('_os_control_tenant')
    .set({ connection_url: sql<string>`'file:tenants/' || database_name || '.db'` })
    .where('connection_url', 'like', 'file:/%')
    .execute();
}

/** What makes writing a record of a deployment a compare-and-set. */
async function addDeploymentLeases(db: Kysely<RegistryTables>): Promise<void> {
  await db.schema
    .alterTable('_os_control_deployment')
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable('_os_control_deployment').addColumn('lease_id', 'text').execute();
}

/** Registries from before there were migrations have the tables of version 1 and no record of it. */
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
      `The control database was written by a newer release (schema version ${found}; this release knows ${latest}). ` +
      'Update @objectstack/runtime.',
    details: { foundVersion: found, latestVersion: latest },
  });
}

/** Brings the registry's tables up to date; several processes may do so at once. */
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
