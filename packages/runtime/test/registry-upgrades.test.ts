import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { sampleOf, sharedPostgres, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresRegistry } from '../src/postgres/postgres-registry.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { REGISTRY_MIGRATIONS } from '../src/registry/registry-migrations.js';

const server = sharedPostgres();

/** Registries as earlier commits wrote them, one of each version. */
const VERSIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
const fixture = (version: number) =>
  readFile(new URL(`./fixtures/registry-version-${version}.sql`, import.meta.url), 'utf8');

const NOW = '2026-11-24T00:01:00.000Z';

async function onFile(text: string) {
  const path = join(await temporaryFolder(), 'control.db');
  const database = openLocalDatabase({ path });
  for (const sql of text.trimEnd().split(/;\n/)) await database.execute({ sql });
  const other = createTenantRegistry(openLocalDatabase({ path }));
  return [createTenantRegistry(database), other];
}

async function onPostgres(text: string) {
  const connectionString = await server.createSchema();
  await server.run(
    connectionString,
    text.replaceAll('integer primary key autoincrement', 'bigserial primary key'),
  );
  return [postgresRegistry({ connectionString }), postgresRegistry({ connectionString })];
}

/** Registries of version 4 and later have an audit log. */
async function expectAuditLog(registry: ITenantRegistry, version: number): Promise<void> {
  await registry.updateTenant('local', ['active'], { plan: 'pro' }, { actor: 'bob' });
  const entries = await registry.listAuditEntries({ tenantId: 'local', limit: 10 });
  const first = version < 4 ? [] : [['create_tenant', 'ada']];
  const expected = [['change_tenant_plan', 'bob'], ['change_tenant_names', 'eve'], ...first];
  expect(entries.map(({ action, actor }) => [action, actor])).toEqual(expected);
}

/** Registries of version 5 and later have templates. */
async function expectTemplates(registry: ITenantRegistry, version: number): Promise<void> {
  const unfinished = await registry.getTenant('unfinished');
  expect(unfinished?.templateDatabase).toBe(version < 5 ? null : 'template-a');
  expect(await registry.listTemplates()).toHaveLength(version < 5 ? 0 : 1);
}

/** Registries of version 6 and later have leases of provisioning. */
async function expectLeases(registry: ITenantRegistry, version: number): Promise<void> {
  const lease = { now: '2026-11-24T00:00:06.000Z', until: '2026-11-24T00:00:07.000Z' };
  expect(await registry.takeLease('unfinished', lease)).toBe(version < 6 ? 1 : 4);
}

/** Registries of version 8 and later have leases of work and a pool of prepared databases. */
async function expectPool(registry: ITenantRegistry, version: number): Promise<void> {
  const lease = { now: '2026-11-24T00:00:06.000Z', until: '2026-11-24T00:00:07.000Z' };
  expect(await registry.takeWorkLease('sweep', lease)).toBe(version < 8 ? 1 : 6);
  const pooled = (await registry.listPooledDatabases()).map(({ tenantId }) => tenantId);
  expect(pooled).toEqual(version < 8 ? [] : ['pooled']);
}

/** Registries of version 9 and later have quotas of tenants, members and reservations. */
async function expectQuotas(registry: ITenantRegistry, version: number): Promise<void> {
  const isThere = version >= 9;
  const quota = {
    tenantId: 'local',
    quota: 'maxUsers',
    period: '',
    now: '2026-11-24T00:00:00.000Z',
  } as const;
  expect(await registry.readQuota(quota)).toMatchObject(
    isThere ? { used: 1, reserved: 3 } : { used: 0, reserved: 0 },
  );
  expect((await registry.getTenant('local'))?.quotaOverrides ?? {}).toEqual(isThere ? { maxUsers: 9 } : {});
}

/** Registries of version 10 and later have releases. */
async function expectReleases(registry: ITenantRegistry, version: number): Promise<void> {
  const isThere = version >= 10;
  expect(await registry.listChannels()).toHaveLength(isThere ? 1 : 0);
  expect(await registry.getTenantRelease('local')).toMatchObject({
    channel: isThere ? 'beta' : 'stable',
    desired: isThere ? 'one' : null,
    running: isThere ? 'one' : null,
  });
}

/** Registries of version 13 and later have releases of apps. */
async function expectAppReleases(registry: ITenantRegistry, version: number): Promise<void> {
  const release = await registry.getRelease('crm');
  expect(release?.appId).toBe(version < 13 ? undefined : 'crm');
}

/** Registries of version 11 and later have copies of tenants. */
async function expectCopies(registry: ITenantRegistry, version: number): Promise<void> {
  const copies = (await registry.listTenantCopies({ tenantId: 'local' })).map(({ id }) => id);
  expect(copies).toEqual(version < 11 ? [] : ['backup']);
}

/** Registries of version 12 and later have rollouts that attempt tenants on access. */
async function expectAccess(registry: ITenantRegistry): Promise<void> {
  expect(await registry.hasRolloutsOnAccess(NOW)).toBe(false);
  expect(await registry.recordAccess('local', NOW)).toBeNull();
}

async function expectUpgraded(registry: ITenantRegistry): Promise<void> {
  const tenants = await registry.listAllTenants();
  const summary = tenants.map(({ tenant }) => [
    tenant.id,
    tenant.provisioningStatus,
    tenant.connectionConfig?.url,
  ]);
  expect(summary).toEqual([
    ['gone', 'destroying', undefined],
    ['local', 'active', 'file:tenants/t-local.db'],
    ['remote', 'suspended', 'libsql://t-remote.example.com'],
    ['unfinished', 'provisioning', undefined],
  ]);
  expect(tenants[1]).toMatchObject({
    requestKey: 'signup',
    tenant: { name: "Ada's", metadata: { source: 'web' } },
  });
  const names = { slug: 'grace', hostnames: ['app.grace.example'], now: NOW, reservedUntil: NOW };
  const named = await registry.setTenantNames('local', names, { actor: 'eve' });
  expect(named?.tenant).toMatchObject({ slug: 'grace', hostnames: ['app.grace.example'] });
  expect(await registry.setTenantNames('remote', names)).toBeNull();
  expect(await registry.listSteps('unfinished')).toMatchObject([
    { name: 'create_database', status: 'completed', externalRef: 'db-1' },
    { name: 'claim_database', status: 'failed', errorCode: 'database_busy', retryable: true },
  ]);
  const [two, one] = await registry.listDeployments('local');
  expect(one).toMatchObject({
    id: 'one',
    status: 'ready',
    supersededBy: 'two',
    result: { statementsExecuted: 3 },
  });
  expect(two).toMatchObject({ id: 'two', status: 'migrating', rollbackOf: 'one', revision: 1 });
  if (!two) return;
  const { revision, ...record } = two;
  expect(await registry.saveDeployment(record, { take: 'mine', revision })).toMatchObject({ changed: true });
}

describe.each([
  ['on a file', onFile],
  ['on PostgreSQL', onPostgres],
])('a registry of an earlier commit %s', (_, restore) => {
  const versions = restore === onFile ? VERSIONS : sampleOf(VERSIONS, 4);
  it('there is one of every version', () => {
    expect(VERSIONS).toEqual(REGISTRY_MIGRATIONS.map(({ version }) => version));
  });

  it.each(versions)('is upgraded from version %i by two processes at once', async (version) => {
    const registries = await restore(await fixture(version));
    onTestFinished(async () => void (await Promise.all(registries.map((one) => one.close()))));
    await Promise.all(registries.map((one) => one.initialize()));
    for (const registry of registries.slice(0, 1)) {
      await expectReleases(registry, version);
      await expectAppReleases(registry, version);
      await expectAccess(registry);
      await expectUpgraded(registry);
      await expectAuditLog(registry, version);
      await expectTemplates(registry, version);
      await expectLeases(registry, version);
      await expectPool(registry, version);
      await expectQuotas(registry, version);
      await expectCopies(registry, version);
    }
  });
});
