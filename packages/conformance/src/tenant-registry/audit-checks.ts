import assert from 'node:assert/strict';
import type { ITenantRegistry, TenantNamesChange } from '@objectstack/spec/contracts';
import type { AuditEntry } from '@objectstack/spec/system';
import { must, type RegistryChecks } from './registry-check.js';
import { deploymentRecord } from './sample-deployments.js';
import { connectionOf, sealedBy, T1, T2, T3, tenantRecord } from './sample-tenants.js';

type TenantNames = Pick<TenantNamesChange, 'slug' | 'hostnames'>;

const BY = { actor: 'ada', requestId: 'r-1', at: T1 };

const listOf = (registry: ITenantRegistry, tenantId: string) =>
  registry.listAuditEntries({ tenantId, limit: 50 });

/** What the entries say, oldest first. */
async function changesOf(registry: ITenantRegistry, tenantId: string): Promise<unknown[]> {
  const entries = await listOf(registry, tenantId);
  return entries.toReversed().map(({ action, before, after }) => [action, before, after]);
}

const sequencesOf = (entries: readonly AuditEntry[]) => entries.map(({ sequence }) => sequence);

export const auditChecks: RegistryChecks = {
  origin: must(
    '`listAuditEntries` returns who made each change, when and by which request, also in other processes',
    async ({ registry, another }) => {
      const { tenant, ...record } = tenantRecord({ tenant: { id: 'tenant' } });
      await registry.createTenant({ tenant, ...record }, BY);
      await registry.updateTenant('tenant', ['provisioning'], { provisioningStatus: 'failed' }, BY);
      await registry.saveDeployment(deploymentRecord('one'), { take: 'a', revision: null }, BY);
      for (const one of [registry, await another()]) {
        const entries = await listOf(one, 'tenant');
        assert.deepEqual(
          entries.map(({ actor, requestId, at }) => ({ actor, requestId, at })),
          [BY, BY, BY],
        );
        const [deployment, ...others] = entries.map(({ tenantId, deploymentId }) => [tenantId, deploymentId]);
        assert.deepEqual(deployment, ['tenant', 'one']);
        assert.deepEqual(others, [
          ['tenant', undefined],
          ['tenant', undefined],
        ]);
      }
    },
  ),
  'without-origin': must(
    'a change without an origin has an entry without an actor, with a timestamp',
    async ({ registry }) => {
      await registry.createTenant(tenantRecord({ tenant: { id: 'tenant' } }));
      const [{ at = '', sequence, ...entry } = {}] = await listOf(registry, 'tenant');
      assert.deepEqual(entry, { tenantId: 'tenant', action: 'create_tenant', after: 'provisioning' });
      assert.ok(Number.isSafeInteger(sequence) && !Number.isNaN(Date.parse(at)));
    },
  ),
  tenants: must(
    'creating a tenant and changing its status or plan add an entry with the values before and after',
    async ({ registry }) => {
      const { tenant } = (await registry.createTenant(tenantRecord())).record;
      await registry.updateTenant(tenant.id, ['provisioning'], {
        provisioningStatus: 'active',
        connectionConfig: connectionOf('t'),
        provisionedAt: T1,
      });
      await registry.updateTenant(tenant.id, ['active'], { provisioningStatus: 'suspended', plan: 'pro' });
      assert.deepEqual(await changesOf(registry, tenant.id), [
        ['create_tenant', undefined, 'provisioning'],
        ['change_tenant_status', 'provisioning', 'active'],
        ['change_tenant_status', 'active', 'suspended'],
        ['change_tenant_plan', 'free', 'pro'],
      ]);
    },
  ),
  names: must(
    'changing the slug or the host names adds an entry with the names before and after, and repeating it none',
    async ({ registry }) => {
      const { tenant } = (await registry.createTenant(tenantRecord({ tenant: { id: 'tenant' } }), BY)).record;
      const set = (names: TenantNames) =>
        registry.setTenantNames(tenant.id, { ...names, now: T1, reservedUntil: T2 }, BY);
      await set({ slug: 'acme' });
      await set({ slug: 'acme' });
      await set({ hostnames: ['b.example', 'a.example'] });
      await set({ slug: null, hostnames: [] });
      assert.deepEqual(await changesOf(registry, 'tenant'), [
        ['create_tenant', undefined, 'provisioning'],
        ['change_tenant_names', undefined, 'acme'],
        ['change_tenant_names', 'acme', 'acme b.example a.example'],
        ['change_tenant_names', 'acme b.example a.example', undefined],
      ]);
      for (const { actor, requestId, at } of await listOf(registry, 'tenant'))
        assert.deepEqual({ actor, requestId, at }, BY);
    },
  ),
  keys: must(
    'encrypting a token with another key adds an entry with the identifiers of both keys, without the token',
    async ({ registry }) => {
      const active = { id: 'tenant', provisioningStatus: 'active', provisionedAt: T1 } as const;
      const connection = (keyId: string) => ({ ...connectionOf('t'), authToken: sealedBy(keyId) });
      const tenant = { ...active, connectionConfig: connection('k1') };
      await registry.createTenant(tenantRecord({ databaseName: 't', tenant }));
      const update = { connectionConfig: connection('k2') };
      await registry.updateTenant('tenant', ['active'], update, BY);
      await registry.updateTenant('tenant', ['active'], update, BY);
      assert.deepEqual(await changesOf(registry, 'tenant'), [
        ['create_tenant', undefined, 'active'],
        ['change_tenant_key', 'k1', 'k2'],
      ]);
      const { ciphertext } = sealedBy('k1');
      assert.ok(!JSON.stringify(await listOf(registry, 'tenant')).includes(ciphertext));
    },
  ),
  destroyed: must(
    'the entries of a destroyed tenant are kept, and the deletion of its data adds one',
    async ({ registry }) => {
      const { tenant } = (await registry.createTenant(tenantRecord())).record;
      const purge = { destroyedAt: T2, deadlineAt: null };
      await registry.updateTenant(tenant.id, ['provisioning'], { provisioningStatus: 'destroying' });
      await registry.updateTenant(tenant.id, ['destroying'], purge);
      await registry.updateTenant(tenant.id, ['destroying'], purge);
      assert.deepEqual(await changesOf(registry, tenant.id), [
        ['create_tenant', undefined, 'provisioning'],
        ['change_tenant_status', 'provisioning', 'destroying'],
        ['purge_tenant', 'destroying', undefined],
      ]);
    },
  ),
  deployments: must('a new deployment and each change of its status add an entry', async ({ registry }) => {
    const save = registry.saveDeployment.bind(registry);
    await save(deploymentRecord('one'), { take: 'a', revision: null });
    await save(deploymentRecord('one', { updatedAt: T1 }), { lease: 'a' });
    await registry.renewDeployment('tenant', 'one', { lease: 'a', updatedAt: T3 });
    await save(deploymentRecord('one', { status: 'ready' }), { lease: 'a' });
    await save(deploymentRecord('one', { status: 'ready', supersededBy: 'two' }), { revision: 4 });
    assert.deepEqual(await changesOf(registry, 'tenant'), [
      ['change_deployment', undefined, 'migrating'],
      ['change_deployment', 'migrating', 'ready'],
    ]);
  }),
  unchanged: must('a call that changes nothing adds no entry', async ({ registry }) => {
    const record = tenantRecord({ requestKey: 'k', tenant: { id: 'tenant' } });
    await registry.createTenant(record);
    await registry.createTenant(tenantRecord({ requestKey: 'k', tenant: { id: 'other' } }));
    await registry.updateTenant('tenant', ['active'], { provisioningStatus: 'suspended', plan: 'pro' });
    await registry.updateTenant('tenant', ['provisioning'], { deadlineAt: T3, plan: 'free' });
    await registry.saveDeployment(deploymentRecord('one'), { lease: 'a' });
    assert.equal((await listOf(registry, 'tenant')).length, 1);
    assert.deepEqual(await listOf(registry, 'other'), []);
  }),
  concurrent: must(
    'changes that processes make at once each add one entry, which continues the one before it',
    async (trial) => {
      const { tenant } = await trial.tenant({ tenant: { provisioningStatus: 'active' } });
      const processes = await trial.processes(4);
      const updates = await Promise.all(
        [...processes, ...processes].map((one, index) => {
          const [from, next] =
            index % 2 ? (['suspended', 'active'] as const) : (['active', 'suspended'] as const);
          return one.updateTenant(tenant.id, [from], { provisioningStatus: next });
        }),
      );
      const changes = (await listOf(trial.registry, tenant.id)).toReversed();
      assert.equal(changes.length, 1 + updates.filter(({ changed }) => changed).length);
      for (const [index, { before }] of changes.entries())
        assert.equal(before, changes[index - 1]?.after, `entry ${index}`);
    },
  ),
  pages: must(
    '`listAuditEntries` returns the entries of the tenant only, latest first, in pages',
    async ({ registry }) => {
      const { tenant } = (await registry.createTenant(tenantRecord())).record;
      await registry.createTenant(tenantRecord());
      for (const plan of ['pro', 'enterprise', 'free'] as const)
        await registry.updateTenant(tenant.id, ['provisioning'], { plan });
      const all = await listOf(registry, tenant.id);
      assert.deepEqual(
        sequencesOf(all),
        sequencesOf(all).toSorted((one, other) => other - one),
      );
      assert.deepEqual(
        all.map(({ after }) => after),
        ['free', 'enterprise', 'pro', 'provisioning'],
      );
      const page = await registry.listAuditEntries({ tenantId: tenant.id, limit: 3 });
      assert.deepEqual(page, all.slice(0, 3));
      const after = page.at(-1)?.sequence ?? 0;
      assert.deepEqual(
        await registry.listAuditEntries({ tenantId: tenant.id, after, limit: 3 }),
        all.slice(3),
      );
      assert.deepEqual(await listOf(registry, 'unknown'), []);
    },
  ),
};
