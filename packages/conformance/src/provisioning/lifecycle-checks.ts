import assert from 'node:assert/strict';
import type { IProvisioningService } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { must, type ProvisioningChecks } from './provisioning-check.js';

/** Every method that takes the id of a tenant. */
const callsOf = (service: IProvisioningService, tenantId: string): readonly (() => Promise<unknown>)[] => [
  () => service.suspendTenant(tenantId),
  () => service.resumeTenant(tenantId),
  () => service.destroyTenant(tenantId),
  () => service.getTenantStatus(tenantId),
  () => service.migrateTenantPlan(tenantId, 'pro'),
];

export const lifecycleChecks: ProvisioningChecks = {
  suspend: must('`suspendTenant` refuses access, idempotently', async (trial) => {
    const { provisioning, subject } = trial;
    const id = await trial.tenant();
    for (let time = 0; time < 2; time++) await provisioning.suspendTenant(id);
    assert.equal(await provisioning.getTenantStatus(id), 'suspended');
    await refused(subject.router.getTenantClient(id), 'tenant_suspended');
    await refused((await subject.another()).router.getTenantClient(id), 'tenant_suspended');
  }),
  'suspend-at-database': must(
    'a suspension takes effect at once in other processes, whose drivers are open',
    async (trial) => {
      const id = await trial.tenant();
      const other = await trial.subject.another();
      const driver = await other.router.getTenantClient(id);
      await driver.find('_os_tenant', {}, { system: true });
      await trial.provisioning.suspendTenant(id);
      await refused(driver.find('_os_tenant', {}, { system: true }), 'database_blocked', 'tenant_suspended');
    },
  ),
  resume: must('`resumeTenant` permits access again, idempotently, with the same data', async (trial) => {
    const { provisioning } = trial;
    const id = await trial.tenant();
    await provisioning.suspendTenant(id);
    for (let time = 0; time < 2; time++) await provisioning.resumeTenant(id);
    assert.equal(await provisioning.getTenantStatus(id), 'active');
    assert.equal(await trial.markerOf(id), id);
    assert.equal(await trial.markerOf(id, await trial.subject.another()), id);
  }),
  destroy: must('`destroyTenant` takes the tenant out of service, idempotently', async (trial) => {
    const { provisioning, subject } = trial;
    const id = await trial.tenant({ requestKey: 'signup' });
    for (let time = 0; time < 2; time++) await provisioning.destroyTenant(id);
    assert.equal(await provisioning.getTenantStatus(id), 'destroying');
    await refused(subject.router.getTenantClient(id), 'tenant_not_found');
    const again = await provisioning.provisionTenant({ orgId: 'acme', requestKey: 'signup' });
    assert.deepEqual([again.tenantId, again.status], [id, 'destroying']);
  }),
  'destroy-suspended': must('`destroyTenant` accepts a suspended tenant', async (trial) => {
    const id = await trial.tenant();
    await trial.provisioning.suspendTenant(id);
    await trial.provisioning.destroyTenant(id);
    assert.equal(await trial.provisioning.getTenantStatus(id), 'destroying');
  }),
  'destroy-one': must('`destroyTenant` affects no other tenant', async (trial) => {
    const [id, other] = [await trial.tenant(), await trial.tenant()];
    await trial.provisioning.destroyTenant(id);
    assert.equal(await trial.provisioning.getTenantStatus(other), 'active');
    assert.equal(await trial.markerOf(other), other);
  }),
  state: must(
    'suspending, resuming and changing the plan need an active or suspended tenant',
    async (trial) => {
      const { provisioning } = trial;
      const id = await trial.tenant();
      await provisioning.destroyTenant(id);
      await refused(provisioning.suspendTenant(id), 'invalid_state');
      await refused(provisioning.resumeTenant(id), 'invalid_state');
      await refused(provisioning.migrateTenantPlan(id, 'pro'), 'invalid_state');
      assert.equal(await provisioning.getTenantStatus(id), 'destroying');
    },
  ),
  unknown: must('an unknown tenant is `tenant_not_found` in every method', async ({ subject }) => {
    for (const tenantId of ['unknown', '', 'a\0b'])
      for (const call of callsOf(subject.provisioning, tenantId)) await refused(call(), 'tenant_not_found');
  }),
  aborted: must('an aborted call changes nothing', async (trial) => {
    const { provisioning } = trial;
    const id = await trial.tenant({ requestKey: 'signup' });
    const aborted = { signal: AbortSignal.abort() };
    await refused(provisioning.suspendTenant(id, aborted), 'aborted');
    await refused(provisioning.destroyTenant(id, aborted), 'aborted');
    await refused(provisioning.migrateTenantPlan(id, 'pro', aborted), 'aborted');
    assert.equal(await provisioning.getTenantStatus(id), 'active');
    assert.equal(await trial.planOf('signup'), 'free');
  }),
  plan: must(
    '`migrateTenantPlan` changes the plan, idempotently, and rejects an unknown one',
    async (trial) => {
      const { provisioning } = trial;
      const id = await trial.tenant({ requestKey: 'signup' });
      for (let time = 0; time < 2; time++) await provisioning.migrateTenantPlan(id, 'pro');
      assert.equal(await trial.planOf('signup'), 'pro');
      await refused(provisioning.migrateTenantPlan(id, 'gold' as never), 'invalid_request');
      assert.equal(await trial.planOf('signup'), 'pro');
    },
  ),
};
