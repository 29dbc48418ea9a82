import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { sharedPostgres } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresRegistry } from '../src/postgres/postgres-registry.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { controlFolder } from './control-folder.js';
import { tenantRecord } from './tenant-record.js';

const server = sharedPostgres();
const NOW = '2026-01-01T00:00:00.000Z';
const KEY = 'a'.repeat(64);
const ACTIVE = { provisioningStatus: 'active', provisionedAt: NOW } as const;
const WITH_PASSWORD = 'libsql://user:password@db.example.com';

const openers: Record<string, () => Promise<ITenantRegistry>> = {
  'on a file': async () =>
    createTenantRegistry(openLocalDatabase({ path: join(await controlFolder(), 'control.db') })),
  'on PostgreSQL': async () => postgresRegistry({ connectionString: await server.createSchema() }),
};

async function addReady(registry: ITenantRegistry, tenantId: string, url?: string) {
  const place = { databaseName: `t-${tenantId}`, region: null, templateDatabase: null, url: null };
  const entry = { tenantId, poolKey: KEY, status: 'preparing', owner: 'one', usedAt: NOW, ...place } as const;
  await registry.addPooledDatabase(entry);
  const change = { status: 'ready', ...(url !== undefined && { url }) } as const;
  await registry.changePooledDatabase(tenantId, 'preparing', change);
}

// One malformed row makes every list of tenants fail.
describe.each(Object.entries(openers))('a registry %s', (_, open) => {
  const opened = async () => {
    const registry = await open();
    onTestFinished(() => registry.close());
    await registry.initialize();
    return registry;
  };

  it.each<[string, Partial<TenantRecord['tenant']>]>([
    ['of no known region', { region: 'nowhere' as 'us-east' }],
    ['whose URL has a password', { connectionConfig: { url: WITH_PASSWORD, databaseName: 't-a' } }],
    ['that is active without a database', { ...ACTIVE, connectionConfig: undefined }],
  ])('does not add a tenant %s', async (_, tenant) => {
    const registry = await opened();
    const record = tenantRecord({ tenant });
    await expect(registry.createTenant(record)).rejects.toMatchObject({ code: 'database_invalid' });
    expect(await registry.listAllTenants()).toEqual([]);
    expect(await registry.listAuditEntries({ tenantId: record.tenant.id, limit: 1 })).toEqual([]);
  });

  it('claims no database for a malformed tenant', async () => {
    const registry = await opened();
    await addReady(registry, 'a', 'file:a');
    const record = tenantRecord({ tenant: { ...ACTIVE, adminEmail: 'not-an-address' } });
    const claim = registry.claimPooledDatabase(KEY, { record, steps: [] });
    await expect(claim).rejects.toMatchObject({ code: 'database_invalid' });
    expect(await registry.listAllTenants()).toEqual([]);
    expect(await registry.listPooledDatabases()).toMatchObject([{ tenantId: 'a', status: 'ready' }]);
  });

  it('claims no database without a URL, and records none whose URL has a password', async () => {
    const registry = await opened();
    await addReady(registry, 'a');
    const invalid = { code: 'database_invalid' };
    await expect(addReady(registry, 'b', WITH_PASSWORD)).rejects.toMatchObject(invalid);
    const record = tenantRecord({ tenant: ACTIVE });
    expect(await registry.claimPooledDatabase(KEY, { record, steps: [] })).toBeNull();
    expect(await registry.listAllTenants()).toEqual([]);
  });
});
