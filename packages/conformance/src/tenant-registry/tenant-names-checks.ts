import assert from 'node:assert/strict';
import type { ITenantRegistry, TenantNamesChange } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { must, type RegistryChecks } from './registry-check.js';
import { T0, T1, T2, T3 } from './sample-tenants.js';

type Names = Pick<TenantNamesChange, 'slug' | 'hostnames'>;

const at = (now: string, names: Names): TenantNamesChange => ({ ...names, now, reservedUntil: T2 });
const set = (registry: ITenantRegistry, tenantId: string, names: Names, now = T0) =>
  registry.setTenantNames(tenantId, at(now, names));

const bySlug = (slug: string) => ({ ids: [], slugs: [slug], hostnames: [] });

export const tenantNamesChecks: RegistryChecks = {
  sets: must(
    '`setTenantNames` changes slug and host names, leaves the rest unchanged, and other processes read it at once',
    async (trial) => {
      const { registry } = trial;
      const record = await trial.tenant({ tenant: { provisioningStatus: 'active', name: 'Acme' } });
      const { id } = record.tenant;
      const names = { slug: 'acme', hostnames: ['b.example', 'a.example'] };
      const expected = { ...record, tenant: { ...record.tenant, ...names } };
      assert.deepEqual(await set(registry, id, names), expected);
      assert.deepEqual(await (await trial.another()).getTenant(id), expected);
      assert.deepEqual(await registry.listTenants('acme'), [expected]);
    },
  ),
  'absent-unchanged': must(
    '`setTenantNames` leaves absent names unchanged, and null removes the slug',
    async (trial) => {
      const { registry } = trial;
      const { tenant } = await trial.tenant();
      await set(registry, tenant.id, { slug: 'acme', hostnames: ['a.example'] });
      const one = await set(registry, tenant.id, { hostnames: [] });
      assert.deepEqual([one?.tenant.slug, one?.tenant.hostnames], ['acme', []]);
      const two = await set(registry, tenant.id, { hostnames: ['a.example'] });
      assert.deepEqual(two?.tenant.hostnames, ['a.example']);
      const three = await set(registry, tenant.id, { slug: null });
      assert.deepEqual([three?.tenant.slug, three?.tenant.hostnames], [undefined, ['a.example']]);
    },
  ),
  repeats: must('`setTenantNames` can be repeated with the same names', async (trial) => {
    const { tenant } = await trial.tenant();
    const names = { slug: 'acme', hostnames: ['a.example'] };
    await set(trial.registry, tenant.id, names);
    assert.deepEqual((await set(trial.registry, tenant.id, names))?.tenant, { ...tenant, ...names });
  }),
  taken: must(
    '`setTenantNames` returns null and changes nothing if another tenant of any organization has one of the names',
    async (trial) => {
      const { registry } = trial;
      const { tenant: owner } = await trial.tenant({ tenant: { organizationId: 'globex' } });
      await set(registry, owner.id, { slug: 'acme', hostnames: ['a.example', 'b.example'] });
      const { tenant } = await trial.tenant();
      const mine = await set(registry, tenant.id, { slug: 'mine', hostnames: ['mine.example'] });
      assert.equal(await set(registry, tenant.id, { slug: 'acme', hostnames: ['c.example'] }), null);
      assert.equal(
        await set(registry, tenant.id, { slug: 'other', hostnames: ['c.example', 'b.example'] }),
        null,
      );
      assert.deepEqual(await registry.getTenant(tenant.id), mine);
      const free = await set(registry, owner.id, { slug: 'other', hostnames: ['c.example'] });
      assert.equal(free?.tenant.slug, 'other');
    },
  ),
  reserved: must(
    '`setTenantNames` reserves a removed slug until the given time; meanwhile only its tenant can take it again',
    async (trial) => {
      const { registry } = trial;
      const [{ tenant: owner }, { tenant: other }] = [await trial.tenant(), await trial.tenant()];
      await set(registry, owner.id, { slug: 'acme' });
      await set(registry, owner.id, { slug: 'second' });
      assert.equal(await set(registry, other.id, { slug: 'acme' }, T1), null);
      assert.deepEqual(await registry.selectTenants('acme', bySlug('acme')), []);
      assert.equal((await set(registry, owner.id, { slug: 'acme' }, T1))?.tenant.slug, 'acme');
      await set(registry, owner.id, { slug: null });
      assert.equal(await set(registry, other.id, { slug: 'acme' }, T1), null);
      assert.equal((await set(registry, other.id, { slug: 'acme' }, T2))?.tenant.slug, 'acme');
      assert.equal(await set(registry, owner.id, { slug: 'acme' }, T3), null);
    },
  ),
  'hostnames-are-free': must('`setTenantNames` frees a removed host name at once', async (trial) => {
    const { registry } = trial;
    const [{ tenant: owner }, { tenant: other }] = [await trial.tenant(), await trial.tenant()];
    await set(registry, owner.id, { hostnames: ['a.example', 'b.example'] });
    await set(registry, owner.id, { hostnames: ['b.example'] });
    const hostnames = ['a.example'];
    assert.deepEqual((await set(registry, other.id, { hostnames }))?.tenant.hostnames, hostnames);
  }),
  'names-of-destroyed': must('`setTenantNames` can take the names of a destroyed tenant', async (trial) => {
    const { registry } = trial;
    const [{ tenant: gone }, { tenant: other }] = [await trial.tenant(), await trial.tenant()];
    const names = { slug: 'acme', hostnames: ['a.example'] };
    await set(registry, gone.id, names);
    await registry.updateTenant(gone.id, ['provisioning'], { provisioningStatus: 'destroying' });
    assert.equal(await set(registry, other.id, names), null);
    await registry.updateTenant(gone.id, ['destroying'], { destroyedAt: T1 });
    assert.equal((await set(registry, other.id, names))?.tenant.slug, 'acme');
  }),
  'not-found': must(
    '`setTenantNames` rejects an unknown or destroyed tenant with `tenant_not_found`, and takes no name',
    async (trial) => {
      const { registry } = trial;
      const { tenant: gone } = await trial.tenant({ destroyedAt: T1 });
      const { tenant } = await trial.tenant();
      for (const id of ['unknown', gone.id])
        await refused(set(registry, id, { slug: 'acme' }), 'tenant_not_found');
      assert.equal((await set(registry, tenant.id, { slug: 'acme' }))?.tenant.slug, 'acme');
    },
  ),
  'not-created': must('`createTenant` stores no slug and no host names', async (trial) => {
    const { registry } = trial;
    const names = { slug: 'acme', hostnames: ['a.example'] };
    const { tenant } = await trial.tenant({ tenant: names });
    const stored = (await registry.getTenant(tenant.id))?.tenant;
    assert.deepEqual([stored?.slug, stored?.hostnames, tenant.slug], [undefined, undefined, undefined]);
    const { tenant: other } = await trial.tenant();
    assert.equal((await set(registry, other.id, names))?.tenant.slug, 'acme');
  }),
  concurrent: must(
    '`setTenantNames` lets exactly one of several processes take a name at once, also a free one of another tenant',
    async (trial) => {
      const { tenant: previous } = await trial.tenant();
      await set(trial.registry, previous.id, { slug: 'acme' });
      await set(trial.registry, previous.id, { slug: null });
      const processes = await trial.processes(4);
      const tenants = await Promise.all([...processes, ...processes].map(() => trial.tenant()));
      const answers = await Promise.all(
        tenants.map(({ tenant }, index) => {
          const process = processes[index % processes.length] ?? trial.registry;
          return set(process, tenant.id, { slug: 'acme', hostnames: ['a.example'] }, T3);
        }),
      );
      const winners = answers.flatMap((record) => record?.tenant.id ?? []);
      assert.equal(winners.length, 1);
      const stored = await trial.registry.selectTenants('acme', bySlug('acme'));
      assert.deepEqual(
        stored.map(({ tenant }) => tenant.id),
        winners,
      );
      const named = (await trial.registry.listTenants('acme')).filter(({ tenant }) => tenant.slug === 'acme');
      assert.equal(named.length, 1);
    },
  ),
};
