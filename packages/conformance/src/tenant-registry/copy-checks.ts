import assert from 'node:assert/strict';
import type { DatabaseSwitch, TenantCopy } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { must, type RegistryChecks } from './registry-check.js';
import type { RegistryTrial } from './registry-trial.js';
import { deploymentRecord } from './sample-deployments.js';
import { connectionOf, T0, T1, T2, T3, tenantRecord } from './sample-tenants.js';

const BY = { actor: 'ann', at: T1 };

function copyOf(id: string, changes: Partial<TenantCopy> = {}): TenantCopy {
  return {
    id,
    tenantId: 'a',
    databaseName: `b-${id}`,
    kind: 'requested',
    status: 'creating',
    createdAt: T1,
    expiresAt: T2,
    ...changes,
  };
}

const idsOf = async (
  { registry }: RegistryTrial,
  query: { tenantId?: string; expiresBefore?: string } = {},
) => (await registry.listTenantCopies(query)).map(({ id }) => id);

const actionsOf = async ({ registry }: RegistryTrial, tenantId: string) =>
  (await registry.listAuditEntries({ tenantId, limit: 10 })).map(({ action, before, after, actor }) => [
    action,
    before ?? after ?? '',
    actor,
  ]);

/** The record of a tenant whose database is a copy. */
const tenantOf = (copy: TenantCopy, requestKey: string | null = null) =>
  tenantRecord({
    tenant: { id: copy.tenantId, provisioningStatus: 'active' },
    databaseName: copy.databaseName,
    requestKey,
  });

const active = () =>
  tenantRecord({ tenant: { id: 'a', provisioningStatus: 'active' }, databaseName: 't-a', deadlineAt: T2 });

const toCopy = (changes: Partial<DatabaseSwitch> = {}): DatabaseSwitch => ({
  copyId: 'new',
  from: { databaseName: 't-a', deadlineAt: T2 },
  connection: connectionOf('b-new'),
  deadlineAt: T3,
  replaced: copyOf('old', { databaseName: 't-a', kind: 'replaced', status: 'ready', expiresAt: null }),
  ...changes,
});

export const copyChecks: RegistryChecks = {
  complete: must(
    '`addTenantCopy` stores every property, and `listTenantCopies` returns the selected copies, latest first',
    async (trial) => {
      const { registry, another } = trial;
      const copies = [
        copyOf('z', { kind: 'final', status: 'ready', createdAt: T2, expiresAt: null }),
        copyOf('c', { kind: 'staging', tenantId: 'b', expiresAt: T3 }),
        copyOf('b'),
      ];
      for (const copy of [...copies].reverse()) await registry.addTenantCopy(copy);
      for (const one of [registry, await another()]) {
        assert.deepEqual(await one.listTenantCopies({}), copies);
        assert.deepEqual(await one.getTenantCopy('z'), copies[0]);
      }
      assert.equal(await registry.getTenantCopy('y'), null);
      assert.deepEqual(await idsOf(trial, { tenantId: 'a' }), ['z', 'b']);
      assert.deepEqual(await idsOf(trial, { expiresBefore: T3 }), ['b']);
      assert.deepEqual(await idsOf(trial, { expiresBefore: T2 }), []);
    },
  ),
  unique: must('`addTenantCopy` rejects a used id or database name', async ({ registry }) => {
    await registry.addTenantCopy(copyOf('a'));
    await refused(registry.addTenantCopy(copyOf('a', { databaseName: 'other' })), 'unique_violation');
    await refused(registry.addTenantCopy(copyOf('b', { databaseName: 'b-a' })), 'unique_violation');
  }),
  change: must(
    '`changeTenantCopy` changes only a copy in the given status that expires before the given timestamp',
    async ({ registry }) => {
      await registry.addTenantCopy(copyOf('a'));
      const change = { status: 'ready', expiresAt: T3 } as const;
      assert.equal(await registry.changeTenantCopy('a', 'ready', change), false);
      assert.equal(await registry.changeTenantCopy('b', 'creating', change), false);
      assert.equal(await registry.changeTenantCopy('a', 'creating', { ...change, expiresBefore: T2 }), false);
      assert.deepEqual(await registry.getTenantCopy('a'), copyOf('a'));
      assert.equal(await registry.changeTenantCopy('a', 'creating', { ...change, expiresBefore: T3 }), true);
      assert.equal(await registry.changeTenantCopy('a', 'ready', { expiresAt: null }), true);
      assert.deepEqual(await registry.getTenantCopy('a'), copyOf('a', { status: 'ready', expiresAt: null }));
      assert.equal(await registry.changeTenantCopy('a', 'ready', { expiresBefore: T3 }), false);
    },
  ),
  audit: must('exports, and backups that are completed or deleted, have an audit entry', async (trial) => {
    const { registry } = trial;
    await registry.addTenantCopy(copyOf('export', { kind: 'export' }), BY);
    await registry.addTenantCopy(copyOf('final', { kind: 'final', status: 'ready' }), BY);
    for (const kind of ['staging', 'requested'] as const) {
      await registry.addTenantCopy(copyOf(kind, { kind }), BY);
      await registry.changeTenantCopy(kind, 'creating', { status: 'ready' }, BY);
      await registry.changeTenantCopy(kind, 'ready', { expiresAt: T3 }, BY);
      await registry.changeTenantCopy(kind, 'ready', { status: 'deleting' }, BY);
    }
    assert.deepEqual(await actionsOf(trial, 'a'), [
      ['delete_backup', 'requested', 'ann'],
      ['create_backup', 'requested', 'ann'],
      ['create_backup', 'final', 'ann'],
      ['export_tenant', '', 'ann'],
    ]);
  }),
  remove: must(
    '`removeTenantCopy` removes only a copy that is being deleted, and the deployments of a tenant that never existed',
    async (trial) => {
      const { registry } = trial;
      await registry.createTenant(active());
      await registry.addTenantCopy(copyOf('of-tenant'));
      await registry.addTenantCopy(copyOf('of-missing', { tenantId: 'missing' }));
      for (const tenantId of ['a', 'missing'])
        await registry.saveDeployment(
          { ...deploymentRecord('one'), tenantId },
          { take: 'lease', revision: null },
        );
      for (const id of ['of-tenant', 'of-missing']) {
        await registry.removeTenantCopy(id);
        assert.notEqual(await registry.getTenantCopy(id), null);
        await registry.changeTenantCopy(id, 'creating', { status: 'deleting' });
        for (let time = 0; time < 2; time++) await registry.removeTenantCopy(id);
      }
      assert.deepEqual(await idsOf(trial), []);
      assert.equal((await registry.listDeployments('a')).length, 1);
      assert.equal((await registry.listDeployments('missing')).length, 0);
    },
  ),
  tenant: must(
    '`createTenantFromCopy` adds the tenant and removes the record of its database, once for a request key',
    async (trial) => {
      const { registry } = trial;
      const [first, second] = [copyOf('one', { kind: 'staging' }), copyOf('two', { tenantId: 'b' })];
      for (const copy of [first, second]) await registry.addTenantCopy(copy);
      const created = await registry.createTenantFromCopy('one', tenantOf(first, 'key'), BY);
      assert.equal(created?.created, true);
      assert.deepEqual(created?.record, await registry.getTenant('a'));
      assert.deepEqual(await actionsOf(trial, 'a'), [['create_tenant', 'active', 'ann']]);
      const again = await registry.createTenantFromCopy('two', tenantOf(second, 'key'), BY);
      assert.deepEqual([again?.created, again?.record.tenant.id], [false, 'a']);
      assert.deepEqual(await idsOf(trial), ['two']);
      assert.equal((await registry.listAllTenants()).length, 1);
    },
  ),
  'tenant-creating': must(
    '`createTenantFromCopy` adds nothing if the copy is not being created, or is another one',
    async ({ registry }) => {
      const copy = copyOf('one');
      assert.equal(await registry.createTenantFromCopy('one', tenantOf(copy)), null);
      await registry.addTenantCopy(copy);
      const other = tenantOf({ ...copy, databaseName: 'other' });
      assert.equal(await registry.createTenantFromCopy('one', other), null);
      await registry.changeTenantCopy('one', 'creating', { status: 'deleting' });
      assert.equal(await registry.createTenantFromCopy('one', tenantOf(copy)), null);
      assert.deepEqual(await registry.listAllTenants(), []);
      assert.notEqual(await registry.getTenantCopy('one'), null);
    },
  ),
  switch: must(
    '`switchDatabase` replaces the database, records the previous one and writes the audit log',
    async (trial) => {
      const { registry } = trial;
      await registry.createTenant(active());
      await registry.addTenantCopy(copyOf('new', { kind: 'staging' }));
      const change = toCopy({ region: 'eu-west', deploymentId: 'd' });
      const switched = await registry.switchDatabase('a', change, BY);
      assert.deepEqual(switched, await registry.getTenant('a'));
      const { tenant, databaseName, deadlineAt, requestedRegion } = switched ?? active();
      assert.deepEqual(tenant.connectionConfig, connectionOf('b-new'));
      assert.deepEqual(
        [databaseName, deadlineAt, tenant.region, requestedRegion],
        ['b-new', T3, 'eu-west', 'eu-west'],
      );
      assert.deepEqual(await registry.listTenantCopies({}), [toCopy().replaced]);
      assert.deepEqual((await actionsOf(trial, 'a')).slice(0, 2), [
        ['change_tenant_database', 't-a', 'ann'],
        ['create_backup', 'old', 'ann'],
      ]);
      const [entry] = await registry.listAuditEntries({ tenantId: 'a', limit: 1 });
      assert.equal(entry?.deploymentId, 'd');
    },
  ),
  'switch-unchanged': must(
    '`switchDatabase` changes nothing if the tenant or the copy is not in the expected state',
    async (trial) => {
      const { registry } = trial;
      await refused(registry.switchDatabase('a', toCopy()), 'tenant_not_found');
      await registry.createTenant(active());
      assert.equal(await registry.switchDatabase('a', toCopy()), null);
      await registry.addTenantCopy(copyOf('new'));
      const refusals: readonly Partial<DatabaseSwitch>[] = [
        { from: { databaseName: 'other', deadlineAt: T2 } },
        { from: { databaseName: 't-a', deadlineAt: T0 } },
        { from: { databaseName: 't-a', deadlineAt: null } },
        { connection: connectionOf('other') },
      ];
      for (const change of refusals) assert.equal(await registry.switchDatabase('a', toCopy(change)), null);
      await registry.updateTenant('a', ['active'], { provisioningStatus: 'destroying', deadlineAt: T2 });
      assert.equal(await registry.switchDatabase('a', toCopy()), null);
      assert.deepEqual(await registry.listTenantCopies({}), [copyOf('new')]);
      assert.equal((await registry.getTenant('a'))?.databaseName, 't-a');
    },
  ),
  'switch-once': must('of concurrent switches, one takes place', async (trial) => {
    const { registry } = trial;
    await registry.createTenant(active());
    for (const id of ['x', 'y', 'z']) await registry.addTenantCopy(copyOf(id));
    const processes = await trial.processes(3);
    const switched = await Promise.all(
      processes.map((one, index) => {
        const id = ['x', 'y', 'z'][index] ?? '';
        const replaced = { ...toCopy().replaced, id: `old-${id}` };
        return one.switchDatabase('a', toCopy({ copyId: id, connection: connectionOf(`b-${id}`), replaced }));
      }),
    );
    assert.equal(switched.filter((one) => one !== null).length, 1);
    assert.equal((await registry.listTenantCopies({})).length, 3);
  }),
};
