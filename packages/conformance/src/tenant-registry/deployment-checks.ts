import assert from 'node:assert/strict';
import type { DeploymentGuard } from '@objectstack/spec/contracts';
import type { DeployStatus } from '@objectstack/spec/system';
import { outcomeOf } from './outcome-of.js';
import { must, type RegistryChecks } from './registry-check.js';
import { deploymentRecord } from './sample-deployments.js';
import { T0, T1, T2, tenantRecord } from './sample-tenants.js';

const NEW = { take: 'a', revision: null } as const;

export const deploymentChecks: RegistryChecks = {
  complete: must(
    '`saveDeployment` stores every property unchanged, and other processes read it at once',
    async ({ registry, another }) => {
      const other = await another();
      for (const record of [
        deploymentRecord('running', { rollbackOf: 'nil', supersededBy: 'next', updatedAt: T1 }),
        deploymentRecord('ready', { status: 'ready' }),
        deploymentRecord('failed', { status: 'failed' }),
      ]) {
        const stored = { ...record, revision: 1 };
        assert.deepEqual(outcomeOf(await registry.saveDeployment(record, NEW)), {
          record: stored,
          changed: true,
        });
        assert.deepEqual(await other.getDeployment('tenant', record.id), stored);
      }
    },
  ),
  replaces: must('`saveDeployment` replaces the record and increments its revision', async ({ registry }) => {
    await registry.saveDeployment(deploymentRecord('one'), NEW);
    const ready = deploymentRecord('one', { status: 'ready', updatedAt: T2 });
    const stored = { ...ready, revision: 2 };
    assert.deepEqual(outcomeOf(await registry.saveDeployment(ready, { lease: 'a' })), {
      record: stored,
      changed: true,
    });
    assert.deepEqual(await registry.listDeployments('tenant'), [stored]);
  }),
  previous: must(
    '`saveDeployment` returns the status that the record had before, or null for a new record',
    async ({ registry }) => {
      const save = async (status: DeployStatus, guard: DeploymentGuard) =>
        (await registry.saveDeployment(deploymentRecord('one', { status }), guard)).previousStatus;
      assert.equal(await save('migrating', { take: 'a', revision: null }), null);
      assert.equal(await save('registering', { lease: 'a' }), 'migrating');
      assert.equal(await save('ready', { lease: 'b' }), 'registering');
      assert.equal(await save('ready', { lease: 'a' }), 'registering');
    },
  ),
  'superseded-by': must(
    '`saveDeployment` preserves `supersededBy` if it is absent, except under a guard by revision',
    async ({ registry }) => {
      await registry.saveDeployment(deploymentRecord('one', { supersededBy: 'two' }), NEW);
      const later = deploymentRecord('one', { status: 'registering' });
      const kept = [
        await registry.saveDeployment(later, { lease: 'a' }),
        await registry.saveDeployment(later, { take: 'b', revision: 2 }),
      ];
      for (const { record } of kept) assert.equal(record?.supersededBy, 'two');
      const { record } = await registry.saveDeployment(later, { revision: 3 });
      assert.deepEqual(record, { ...later, revision: 4 });
    },
  ),
  missing: must(
    '`getDeployment` returns null for an id that the tenant does not have',
    async ({ registry }) => {
      await registry.saveDeployment(deploymentRecord('one'), NEW);
      assert.equal(await registry.getDeployment('tenant', 'two'), null);
      assert.equal(await registry.getDeployment('other', 'one'), null);
    },
  ),
  'same-id': must(
    '`saveDeployment` keeps deployments with the same id of two tenants apart',
    async ({ registry }) => {
      const one = deploymentRecord('one');
      await registry.saveDeployment(one, NEW);
      const others = { ...deploymentRecord('one'), tenantId: 'other', bundleVersion: '2.0.0' };
      assert.equal((await registry.saveDeployment(others, NEW)).changed, true);
      assert.deepEqual(await registry.getDeployment('tenant', 'one'), { ...one, revision: 1 });
    },
  ),
  list: must(
    '`listDeployments` returns the deployments of the tenant, latest first',
    async ({ registry }) => {
      for (const [id, startedAt] of [
        ['b', T1],
        ['c', T0],
        ['a', T2],
      ] as const)
        await registry.saveDeployment(deploymentRecord(id, { startedAt }), NEW);
      await registry.saveDeployment({ ...deploymentRecord('d'), tenantId: 'other' }, NEW);
      const ids = (await registry.listDeployments('tenant')).map(({ id }) => id);
      assert.deepEqual(ids, ['a', 'b', 'c']);
      assert.deepEqual(await registry.listDeployments('unknown'), []);
    },
  ),
  unfinished: must(
    '`listUnfinishedDeployments` returns those of every tenant that have not ended and were last written before the timestamp',
    async ({ registry }) => {
      const unfinished = [
        deploymentRecord('migrating', { updatedAt: T0 }),
        { ...deploymentRecord('registering', { status: 'registering', updatedAt: T1 }), tenantId: 'other' },
      ];
      const others = [
        deploymentRecord('recent', { updatedAt: T2 }),
        deploymentRecord('ready', { status: 'ready' }),
        deploymentRecord('failed', { status: 'failed' }),
      ];
      for (const record of [...unfinished, ...others]) await registry.saveDeployment(record, NEW);
      const found = await registry.listUnfinishedDeployments(T2);
      assert.deepEqual(found.map(({ id }) => id).toSorted(), ['migrating', 'registering']);
      const renewal = { lease: 'a', updatedAt: T2 };
      await registry.renewDeployment('tenant', 'migrating', renewal);
      const [left, ...more] = await registry.listUnfinishedDeployments(T2);
      assert.deepEqual([left, more], [{ ...unfinished[1], revision: 1 }, []]);
    },
  ),
  'deployed-bundles': must(
    '`findDeployedBundles` returns those of the checksums that a deployment with any status refers to',
    async (trial) => {
      const { tenant } = await trial.tenant();
      const of = (id: string, bundleChecksum: string, changes: object) =>
        trial.registry.saveDeployment(deploymentRecord(id, { bundleChecksum, ...changes }), NEW);
      const [migrating, ready, failed] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)];
      const [other, unused] = ['d'.repeat(64), 'e'.repeat(64)];
      await of('one', migrating, { tenantId: tenant.id });
      await of('two', ready, { status: 'ready', supersededBy: 'nil', tenantId: tenant.id });
      await of('three', failed, { status: 'failed', tenantId: tenant.id });
      await of('four', other, { tenantId: 'without a record' });
      await of('five', ready, { tenantId: tenant.id });
      const asked = [unused, other, failed, ready, migrating];
      const found = await trial.registry.findDeployedBundles(asked);
      assert.deepEqual(found.toSorted(), [migrating, ready, failed, other]);
      assert.deepEqual(await trial.registry.findDeployedBundles([ready]), [ready]);
      assert.deepEqual(await trial.registry.findDeployedBundles([]), []);
    },
  ),
  'bundles-of-destroyed': must(
    '`findDeployedBundles` omits bundles to which only deployments of destroyed tenants refer',
    async ({ registry }) => {
      const [gone, kept] = ['a'.repeat(64), 'b'.repeat(64)];
      const [one, other] = [tenantRecord({ destroyedAt: T2 }), tenantRecord()];
      for (const record of [one, other]) await registry.createTenant(record);
      const [destroyed, live] = [one.tenant.id, other.tenant.id];
      for (const [tenantId, bundleChecksum] of [
        [destroyed, gone],
        [destroyed, kept],
        [live, kept],
      ] as const)
        await registry.saveDeployment(deploymentRecord(bundleChecksum, { tenantId, bundleChecksum }), NEW);
      assert.deepEqual(await registry.findDeployedBundles([gone, kept]), [kept]);
    },
  ),
};
