import assert from 'node:assert/strict';
import { must, type RegistryChecks } from './registry-check.js';
import { T0, T1, T2, T3, tenantRecord } from './sample-tenants.js';

/** Ids that collations of natural languages sort differently from their code units. */
const IDS = ['B', '_', 'a', 'b', 'é'];

const idsOf = (records: readonly { tenant: { id: string } }[]) => records.map(({ tenant }) => tenant.id);

export const readTenantChecks: RegistryChecks = {
  unknown: must('`getTenant` returns null for an unknown id', async ({ registry }) => {
    await registry.createTenant(tenantRecord({ tenant: { id: 'known' } }));
    for (const id of ['unknown', 'KNOWN', ''])
      assert.equal(await registry.getTenant(id), null, JSON.stringify(id));
  }),
  destroyed: must('`getTenant` returns destroyed tenants', async ({ registry }) => {
    const record = tenantRecord({ destroyedAt: T2, tenant: { provisioningStatus: 'destroying' } });
    await registry.createTenant(record);
    assert.deepEqual(await registry.getTenant(record.tenant.id), record);
  }),
  'request-key': must(
    '`findByRequestKey` returns the tenant of the organization with exactly this request key, also a destroyed one',
    async ({ registry }) => {
      const record = tenantRecord({ requestKey: 'k', destroyedAt: T2 });
      const others = [
        tenantRecord({ requestKey: 'K' }),
        tenantRecord({ requestKey: 'other', tenant: { organizationId: 'globex' } }),
        tenantRecord(),
      ];
      for (const one of [record, ...others]) await registry.createTenant(one);
      assert.deepEqual(await registry.findByRequestKey('acme', 'k'), record);
      for (const [organizationId, key] of [
        ['acme', 'other'],
        ['globex', 'k'],
        ['acme', ''],
      ] as const)
        assert.equal(await registry.findByRequestKey(organizationId, key), null);
    },
  ),
  all: must(
    '`listAllTenants` returns the tenants of every organization, including destroyed ones, sorted by the code units of the id',
    async ({ registry }) => {
      assert.deepEqual(await registry.listAllTenants(), []);
      for (const id of IDS.toReversed())
        await registry.createTenant(
          tenantRecord({
            tenant: { id, organizationId: id },
            destroyedAt: id === 'b' ? T2 : null,
          }),
        );
      assert.deepEqual(idsOf(await registry.listAllTenants()), IDS);
    },
  ),
  'of-organization': must(
    '`listTenants` returns the tenants of the organization only, without destroyed ones',
    async ({ registry }) => {
      const record = tenantRecord();
      const others = [
        tenantRecord({ destroyedAt: T2 }),
        tenantRecord({ tenant: { organizationId: 'globex' } }),
        tenantRecord({ tenant: { organizationId: 'Acme' } }),
      ];
      for (const one of [record, ...others]) await registry.createTenant(one);
      assert.deepEqual(await registry.listTenants('acme'), [record]);
      assert.deepEqual(await registry.listTenants('unknown'), []);
    },
  ),
  'oldest-first': must('`listTenants` returns the oldest tenant first', async ({ registry }) => {
    for (const [id, createdAt] of [
      ['c', T2],
      ['a', T1],
      ['b', T0],
    ] as const)
      await registry.createTenant(tenantRecord({ tenant: { id, createdAt } }));
    assert.deepEqual(idsOf(await registry.listTenants('acme')), ['b', 'a', 'c']);
  }),
};

export const overdueChecks: RegistryChecks = {
  passed: must(
    '`listOverdue` returns the tenants of every organization whose deadline is before the timestamp',
    async ({ registry }) => {
      const overdue = [
        tenantRecord({ deadlineAt: T1, tenant: { organizationId: 'globex' } }),
        tenantRecord({ deadlineAt: T0, tenant: { provisioningStatus: 'destroying' } }),
      ];
      const others = [T2, T3, null].map((deadlineAt) => tenantRecord({ deadlineAt }));
      for (const one of [...overdue, ...others]) await registry.createTenant(one);
      const ids = idsOf(await registry.listOverdue(T2));
      assert.deepEqual(ids.toSorted(), idsOf(overdue).toSorted());
    },
  ),
  destroyed: must('`listOverdue` omits destroyed tenants', async ({ registry }) => {
    await registry.createTenant(tenantRecord({ deadlineAt: T0, destroyedAt: T0 }));
    assert.deepEqual(await registry.listOverdue(T1), []);
  }),
};
