import assert from 'node:assert/strict';
import type { ITenantRegistry, TenantSelection } from '@objectstack/spec/contracts';
import { must, type RegistryChecks } from './registry-check.js';
import { T0, T1, T2 } from './sample-tenants.js';

const NONE: TenantSelection = { ids: [], slugs: [], hostnames: [] };

const idsOf = async (
  registry: ITenantRegistry,
  organizationId: string,
  selection: Partial<TenantSelection>,
) => (await registry.selectTenants(organizationId, { ...NONE, ...selection })).map(({ tenant }) => tenant.id);

const names = (change: { slug?: string | null; hostnames?: string[] }) => ({
  ...change,
  now: T0,
  reservedUntil: T2,
});

export const selectTenantsChecks: RegistryChecks = {
  matches: must(
    '`selectTenants` returns the tenants with one of the ids, slugs or host names, oldest first, each once',
    async (trial) => {
      const { registry } = trial;
      for (const [id, createdAt] of [
        ['c', T1],
        ['b', T1],
        ['a', T2],
        ['d', T0],
      ] as const)
        await trial.tenant({ tenant: { id, createdAt } });
      await registry.setTenantNames('a', names({ slug: 'one', hostnames: ['one.example', 'two.example'] }));
      await registry.setTenantNames('b', names({ slug: 'two' }));
      const selection = { ids: ['c', 'a'], slugs: ['two', 'one'], hostnames: ['one.example', 'two.example'] };
      assert.deepEqual(await idsOf(registry, 'acme', selection), ['b', 'c', 'a']);
      assert.deepEqual(await idsOf(registry, 'acme', { slugs: ['two'] }), ['b']);
      assert.deepEqual(await idsOf(registry, 'acme', { hostnames: ['two.example'] }), ['a']);
      const [record] = await registry.selectTenants('acme', { ...NONE, ids: ['a'] });
      assert.deepEqual(record, await registry.getTenant('a'));
    },
  ),
  nothing: must(
    '`selectTenants` returns nothing for an empty selection and for empty texts',
    async (trial) => {
      const { registry } = trial;
      await trial.tenant();
      assert.deepEqual(await idsOf(registry, 'acme', {}), []);
      assert.deepEqual(await idsOf(registry, 'acme', { ids: [''], slugs: [''], hostnames: [''] }), []);
    },
  ),
  kinds: must('`selectTenants` does not mistake ids, slugs and host names for each other', async (trial) => {
    const { registry } = trial;
    await trial.tenant({ tenant: { id: 'x' } });
    await registry.setTenantNames('x', names({ slug: 'slug', hostnames: ['host.example'] }));
    const wrong = { ids: ['slug', 'host.example'], slugs: ['x', 'host.example'], hostnames: ['x', 'slug'] };
    assert.deepEqual(await idsOf(registry, 'acme', wrong), []);
  }),
  'other-organization': must(
    '`selectTenants` returns no tenant of another organization, compared exactly',
    async (trial) => {
      const { registry } = trial;
      const { tenant } = await trial.tenant();
      await registry.setTenantNames(tenant.id, names({ slug: 'one', hostnames: ['one.example'] }));
      const selection = { ids: [tenant.id], slugs: ['one'], hostnames: ['one.example'] };
      assert.deepEqual(await idsOf(registry, 'acme', selection), [tenant.id]);
      for (const other of ['globex', 'ACME', 'acme ', ''])
        assert.deepEqual(await idsOf(registry, other, selection), []);
    },
  ),
  destroyed: must(
    '`selectTenants` returns no destroyed tenant, and others in every status',
    async (trial) => {
      const { registry } = trial;
      const { tenant } = await trial.tenant();
      await registry.setTenantNames(tenant.id, names({ slug: 'one' }));
      const selection = { ids: [tenant.id], slugs: ['one'] };
      await registry.updateTenant(tenant.id, ['provisioning'], { provisioningStatus: 'destroying' });
      assert.deepEqual(await idsOf(registry, 'acme', selection), [tenant.id]);
      await registry.updateTenant(tenant.id, ['destroying'], { destroyedAt: T2 });
      assert.deepEqual(await idsOf(registry, 'acme', selection), []);
    },
  ),
};
