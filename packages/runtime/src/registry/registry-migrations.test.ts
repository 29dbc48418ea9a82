import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import type { SqlDatabase } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { Kysely } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../../test/open-registry.js';
import { tenantRecord } from '../../test/tenant-record.js';
import { controlDialect } from './control-dialect.js';
import { createRegistryTables } from './create-registry-tables.js';
import { createTenantRegistry } from './create-tenant-registry.js';
import { migrateRegistry, REGISTRY_MIGRATIONS, type RegistryMigration } from './registry-migrations.js';
import type { RegistryTables, TenantRow } from './registry-tables.js';
import { toTenantRow } from './to-tenant-record.js';

async function emptyDatabase() {
  const database = openLocalDatabase({ path: join(await temporaryFolder(), 'control.db') });
  onTestFinished(() => database.close());
  return { database, db: new Kysely<RegistryTables>({ dialect: controlDialect(database) }) };
}

const applied = async (database: SqlDatabase) =>
  (await database.execute({ sql: 'SELECT version, name FROM _os_control_migration ORDER BY version' })).rows;

const ALL = REGISTRY_MIGRATIONS.map(({ version, name }) => ({ version, name }));

const FIRST = ALL.length + 1;
const SECOND = ALL.length + 2;

describe('migrateRegistry', () => {
  it('migrates a registry without recorded migrations, and stores no folder', async () => {
    const { database, db } = await emptyDatabase();
    await db.transaction().execute(createRegistryTables);
    const registry = createTenantRegistry(database);
    const local = tenantRecord({ tenant: { provisioningStatus: 'active' } });
    const remote = tenantRecord({ tenant: { provisioningStatus: 'active' } });
    const url = 'libsql://t.example';
    remote.tenant.connectionConfig = { url, databaseName: remote.databaseName };
    const unfinished = tenantRecord();
    for (const record of [local, remote, unfinished]) {
      const { requested_region: _, template_database: __, ...row } = toTenantRow(record);
      await db
        .insertInto('_os_control_tenant')
        .values(row as TenantRow)
        .execute();
    }
    await Promise.all([registry.initialize(), registry.initialize()]);
    const urlOf = async (id: string) => (await registry.getTenant(id))?.tenant.connectionConfig?.url;
    expect(await urlOf(local.tenant.id)).toBe(`file:tenants/${local.databaseName}.db`);
    expect(await urlOf(remote.tenant.id)).toBe(url);
    expect(await urlOf(unfinished.tenant.id)).toBeUndefined();
    expect(await applied(database)).toEqual(ALL);
  });

  it('runs only missing migrations, atomically', async () => {
    const { database } = await openRegistry();
    const db = new Kysely<RegistryTables>({ dialect: controlDialect(database) });
    const ran: number[] = [];
    const step = (version: number, fails = false): RegistryMigration => ({
      version,
      name: `step_${version}`,
      async up(transaction) {
        ran.push(version);
        await transaction.schema.createTable(`step_${version}`).addColumn('a', 'text').execute();
        if (fails) throw new Error('Failed.');
      },
    });
    const next = [...REGISTRY_MIGRATIONS, step(FIRST)];
    await expect(migrateRegistry(db, [...next, step(SECOND, true)])).rejects.toThrow('Failed.');
    expect(await applied(database)).toEqual(ALL);
    await migrateRegistry(db, [...next, step(SECOND)]);
    await migrateRegistry(db, [...next, step(SECOND)]);
    expect(ran).toEqual([FIRST, SECOND, FIRST, SECOND]);
  });

  it('rejects a registry of a newer release without changing it', async () => {
    const { database, registry } = await openRegistry();
    await database.execute({ sql: `INSERT INTO _os_control_migration VALUES (99, 'later', '')` });
    await expect(registry.initialize()).rejects.toMatchObject({
      code: 'unsupported_protocol_version',
      details: { foundVersion: 99, latestVersion: ALL.length },
    });
    expect(await applied(database)).toHaveLength(ALL.length + 1);
  });
});
