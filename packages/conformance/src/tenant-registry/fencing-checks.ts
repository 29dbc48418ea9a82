import assert from 'node:assert/strict';
import { outcomeOf } from './outcome-of.js';
import { must, type RegistryChecks } from './registry-check.js';
import type { RegistryTrial } from './registry-trial.js';
import { connectionOf, T0, T1, T2, T3, tenantRecord } from './sample-tenants.js';

/** A tenant that is being provisioned, whose lease was taken over: the first token is outdated. */
async function takenOver(trial: RegistryTrial) {
  const { registry } = trial;
  const { tenant } = await trial.tenant();
  const first = (await registry.takeLease(tenant.id, { now: T0, until: T1 })) ?? 0;
  const second = (await registry.takeLease(tenant.id, { now: T1, until: T3 })) ?? 0;
  return { registry, tenantId: tenant.id, first, second };
}

export const fencingChecks: RegistryChecks = {
  takes: must(
    '`takeLease` takes a lease that no process holds at the timestamp, with a higher token each time',
    async (trial) => {
      const { registry } = trial;
      const record = await trial.tenant();
      const { id } = record.tenant;
      const first = await registry.takeLease(id, { now: T0, until: T2 });
      assert.ok(Number.isSafeInteger(first));
      assert.equal(await registry.takeLease(id, { now: T1, until: T3 }), null);
      const second = await registry.takeLease(id, { now: T2, until: T3 });
      assert.ok((second ?? 0) > (first ?? 0));
      assert.deepEqual(await registry.getTenant(id), record);
      assert.equal(await registry.takeLease('unknown', { now: T0, until: T1 }), null);
    },
  ),
  'takes-once': must('one of several processes that take a lease at once gets it', async (trial) => {
    const { tenant } = await trial.tenant();
    const processes = await trial.processes(4);
    const tokens = await Promise.all(
      processes.map((one) => one.takeLease(tenant.id, { now: T0, until: T1 })),
    );
    assert.equal(tokens.filter((token) => token !== null).length, 1);
  }),
  tenants: must('`takeLease` takes the lease of one tenant only', async (trial) => {
    const [one, other] = [await trial.tenant(), await trial.tenant()];
    for (const { tenant } of [one, other])
      assert.notEqual(await trial.registry.takeLease(tenant.id, { now: T0, until: T1 }), null);
  }),
  starts: must(
    '`takeLease` starts the given step at its timestamp, and none if the lease is held',
    async (trial) => {
      const { registry } = trial;
      const { tenant } = await trial.tenant();
      await registry.takeLease(tenant.id, { now: T0, until: T2, step: 'create_database' });
      await registry.takeLease(tenant.id, { now: T1, until: T3, step: 'await_database' });
      const started = { name: 'create_database', status: 'running', attempt: 1, startedAt: T0 };
      assert.deepEqual(await registry.listSteps(tenant.id), [started]);
      await registry.takeLease(tenant.id, { now: T2, until: T3, step: 'create_database' });
      assert.deepEqual(await registry.listSteps(tenant.id), [{ ...started, attempt: 2, startedAt: T2 }]);
    },
  ),
  'new-tenant': must(
    '`createTenant` with a lease takes it, and starts its step, in the transaction that adds the tenant',
    async ({ registry }) => {
      const record = tenantRecord({ requestKey: 'k' });
      const { id } = record.tenant;
      const request = { now: T0, until: T2, step: 'create_database' } as const;
      const { lease = 0, ...answer } = await registry.createTenant(record, undefined, request);
      assert.deepEqual(answer, { record, created: true });
      const started = { name: 'create_database', status: 'running', attempt: 1, startedAt: T0 };
      assert.deepEqual(await registry.listSteps(id), [started]);
      assert.equal(await registry.takeLease(id, { now: T1, until: T3 }), null);
      assert.equal(await registry.extendLease(id, { token: lease, until: T1 }), true);
      const next = await registry.takeLease(id, { now: T1, until: T3 });
      assert.ok((next ?? 0) > lease);
    },
  ),
  'existing-tenant': must(
    '`createTenant` takes no lease of the tenant that has used the request key',
    async ({ registry }) => {
      const record = tenantRecord({ requestKey: 'k' });
      await registry.createTenant(record);
      const again = tenantRecord({ requestKey: 'k' });
      const request = { now: T0, until: T2, step: 'create_database' } as const;
      assert.deepEqual(await registry.createTenant(again, undefined, request), { record, created: false });
      assert.deepEqual(await registry.listSteps(record.tenant.id), []);
      assert.notEqual(await registry.takeLease(record.tenant.id, { now: T1, until: T2 }), null);
    },
  ),
  releases: must(
    '`updateTenant` with a lease releases it when the tenant is no longer being provisioned, and not before',
    async (trial) => {
      const { registry } = trial;
      const { tenant } = await trial.tenant();
      const lease = (await registry.takeLease(tenant.id, { now: T0, until: T3 })) ?? 0;
      await registry.updateTenant(tenant.id, ['provisioning'], { deadlineAt: T3, lease });
      assert.equal(await registry.takeLease(tenant.id, { now: T1, until: T3 }), null);
      await registry.updateTenant(tenant.id, ['provisioning'], { provisioningStatus: 'failed', lease });
      const next = await registry.takeLease(tenant.id, { now: T1, until: T3 });
      assert.ok((next ?? 0) > lease);
    },
  ),
  extends: must(
    '`extendLease` changes the end of a lease, also to one in the past, unless it was taken over',
    async (trial) => {
      const { registry, tenantId, first, second } = await takenOver(trial);
      assert.equal(await registry.extendLease(tenantId, { token: first, until: T0 }), false);
      assert.equal(await registry.takeLease(tenantId, { now: T2, until: T3 }), null);
      assert.equal(await registry.extendLease(tenantId, { token: second, until: T2 }), true);
      assert.equal(await registry.takeLease(tenantId, { now: T1, until: T3 }), null);
      assert.equal(await registry.extendLease(tenantId, { token: second, until: T0 }), true);
      const third = await registry.takeLease(tenantId, { now: T1, until: T3 });
      assert.ok((third ?? 0) > second);
    },
  ),
  steps: must(
    '`recordStep` with the token of a lease that was taken over returns false and writes nothing',
    async (trial) => {
      const { registry, tenantId, first, second } = await takenOver(trial);
      const started = { status: 'running', at: T0 } as const;
      const ended = { status: 'completed', at: T1 } as const;
      const record = (lease: number, change: typeof started | typeof ended) =>
        registry.recordStep(tenantId, 'create_database', { ...change, lease });
      assert.equal(await record(first, started), false);
      assert.deepEqual(await registry.listSteps(tenantId), []);
      assert.equal(await record(second, started), true);
      assert.equal(await record(first, ended), false);
      assert.equal((await registry.listSteps(tenantId))[0]?.status, 'running');
      assert.equal(await record(second, ended), true);
      assert.equal(await record(first, started), false);
      assert.equal((await registry.listSteps(tenantId))[0]?.status, 'completed');
    },
  ),
  tenant: must(
    '`updateTenant` with the token of a lease that was taken over changes nothing',
    async (trial) => {
      const { registry, tenantId, first, second } = await takenOver(trial);
      const before = await registry.getTenant(tenantId);
      const change = {
        provisioningStatus: 'active',
        connectionConfig: connectionOf('t'),
        provisionedAt: T1,
      } as const;
      const late = await registry.updateTenant(tenantId, ['provisioning'], { ...change, lease: first });
      assert.deepEqual(outcomeOf(late), { record: before, changed: false });
      const update = await registry.updateTenant(tenantId, ['provisioning'], { ...change, lease: second });
      assert.equal(update.changed, true);
    },
  ),
};
