import assert from 'node:assert/strict';
import type { TenantChange } from '@objectstack/spec/contracts';
import { TENANT_PLAN_QUOTAS } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { outcomeOf } from './outcome-of.js';
import { must, type RegistryChecks } from './registry-check.js';
import { connectionOf, sealedBy, T0, T1, T2, T3, tenantRecord } from './sample-tenants.js';

const ACTIVATION = { name: 'activate', outcome: { status: 'completed', at: T2 } } as const;

export const updateTenantChecks: RegistryChecks = {
  changes: must(
    '`updateTenant` changes the given properties only, and returns the current record',
    async (trial) => {
      const before = await trial.tenant({ deadlineAt: T3, requestKey: 'k', tenant: { name: 'Acme' } });
      const { databaseName, tenant } = before;
      const connectionConfig = connectionOf(databaseName);
      const update = await trial.registry.updateTenant(tenant.id, ['provisioning'], {
        provisioningStatus: 'active',
        connectionConfig,
        provisionedAt: T1,
      });
      const record = {
        ...before,
        tenant: { ...tenant, provisioningStatus: 'active' as const, connectionConfig, provisionedAt: T1 },
      };
      assert.deepEqual([update.record, update.changed], [record, true]);
      assert.deepEqual(await (await trial.another()).getTenant(tenant.id), record);
    },
  ),
  previous: must(
    '`updateTenant` returns the state that the change replaced, or the current one if it changed nothing',
    async (trial) => {
      const { tenant } = await trial.tenant({ tenant: { provisioningStatus: 'active' } });
      const update = async (change: TenantChange) =>
        (await trial.registry.updateTenant(tenant.id, ['active', 'suspended'], change)).previous;
      const state = { provisioningStatus: 'active', plan: 'free', destroyedAt: null };
      const suspended = { provisioningStatus: 'suspended', plan: 'pro' } as const;
      assert.deepEqual(await update(suspended), state);
      assert.deepEqual(await update(suspended), { ...state, ...suspended });
      assert.deepEqual(await update({ provisioningStatus: 'failed' }), { ...state, ...suspended });
    },
  ),
  'if-token': must(
    '`updateTenant` with `ifTokenNonce` changes nothing unless the stored token has this nonce',
    async (trial) => {
      const connectionConfig = { ...connectionOf('t'), authToken: sealedBy('k1') };
      const tenant = { provisioningStatus: 'active', provisionedAt: T1, connectionConfig } as const;
      const { id } = (await trial.tenant({ databaseName: 't', tenant })).tenant;
      const next = { ...connectionConfig, authToken: { ...sealedBy('k2'), nonce: 'BBBBBBBBBBBBBBBB' } };
      const replace = async (ifTokenNonce: string) => {
        const change = { connectionConfig: next, ifTokenNonce };
        return (await trial.registry.updateTenant(id, ['active'], change)).changed;
      };
      const { nonce } = connectionConfig.authToken;
      assert.deepEqual([await replace('CCCCCCCCCCCCCCCC'), await replace(nonce)], [false, true]);
      assert.equal(await replace(nonce), false);
      const stored = await (await trial.another()).getTenant(id);
      assert.deepEqual(stored?.tenant.connectionConfig, next);
    },
  ),
  'other-tenants': must('`updateTenant` changes no other tenant', async (trial) => {
    const other = await trial.tenant({ tenant: { provisioningStatus: 'active' } });
    const { tenant } = await trial.tenant({ tenant: { provisioningStatus: 'active' } });
    await trial.registry.updateTenant(tenant.id, ['active'], { provisioningStatus: 'suspended' });
    assert.deepEqual(await trial.registry.getTenant(other.tenant.id), other);
  }),
  quotas: must('`updateTenant` derives the quotas from the plan', async (trial) => {
    const { tenant } = await trial.tenant({ tenant: { provisioningStatus: 'active' } });
    const { record } = await trial.registry.updateTenant(tenant.id, ['active'], { plan: 'pro' });
    assert.deepEqual(record.tenant, { ...tenant, plan: 'pro', quotas: TENANT_PLAN_QUOTAS.pro });
  }),
  'other-status': must(
    '`updateTenant` changes nothing if the status is none of `from`, and returns the record',
    async (trial) => {
      const record = await trial.tenant({ deadlineAt: T2 });
      for (const from of [['active', 'suspended'], []] as const) {
        const update = await trial.registry.updateTenant(record.tenant.id, from, { deadlineAt: null });
        assert.deepEqual(outcomeOf(update), { record, changed: false });
      }
      assert.deepEqual(await trial.registry.getTenant(record.tenant.id), record);
    },
  ),
  concurrent: must(
    '`updateTenant` applies one of several changes that processes make at once from the same status',
    async (trial) => {
      const { tenant } = await trial.tenant({ tenant: { provisioningStatus: 'active' } });
      const processes = await trial.processes(4);
      const updates = await Promise.all(
        [...processes, ...processes].map((one) =>
          one.updateTenant(tenant.id, ['active'], { provisioningStatus: 'suspended' }),
        ),
      );
      assert.equal(updates.filter(({ changed }) => changed).length, 1);
      for (const { record } of updates) assert.equal(record.tenant.provisioningStatus, 'suspended');
    },
  ),
  'clears-deadline': must(
    '`updateTenant` removes the deadline with null, and otherwise keeps it',
    async (trial) => {
      const { tenant } = await trial.tenant({ deadlineAt: T2 });
      const kept = await trial.registry.updateTenant(tenant.id, ['provisioning'], { purgeAt: T3 });
      assert.equal(kept.record.deadlineAt, T2);
      assert.equal(kept.record.tenant.purgeAt, T3);
      const removed = await trial.registry.updateTenant(tenant.id, ['provisioning'], { deadlineAt: null });
      assert.equal(removed.record.deadlineAt, null);
    },
  ),
  destroyed: must('`updateTenant` never changes a destroyed tenant', async (trial) => {
    const { tenant } = await trial.tenant({ deadlineAt: T2, tenant: { provisioningStatus: 'destroying' } });
    const change = { destroyedAt: T2, deadlineAt: null };
    const first = await trial.registry.updateTenant(tenant.id, ['destroying'], change);
    assert.equal(first.changed, true);
    assert.equal(first.record.destroyedAt, T2);
    const second = await trial.registry.updateTenant(tenant.id, ['destroying'], { plan: 'pro' });
    assert.deepEqual(outcomeOf(second), { record: first.record, changed: false });
  }),
  'if-overdue': must(
    '`updateTenant` with `ifOverdueAt` changes a tenant only if its deadline is before the timestamp',
    async (trial) => {
      const change = { provisioningStatus: 'failed', ifOverdueAt: T2 } as const;
      for (const [deadlineAt, changed] of [
        [T1, true],
        [T2, false],
        [T3, false],
        [null, false],
      ] as const) {
        const { tenant } = await trial.tenant({ deadlineAt });
        const update = await trial.registry.updateTenant(tenant.id, ['provisioning'], change);
        assert.equal(update.changed, changed, `with the deadline ${deadlineAt}`);
        assert.equal(update.record.tenant.provisioningStatus, changed ? 'failed' : 'provisioning');
      }
    },
  ),
  step: must('`updateTenant` ends the step together with the change', async (trial) => {
    const { tenant } = await trial.tenant();
    await trial.registry.recordStep(tenant.id, 'activate', { status: 'running', at: T0 });
    await trial.registry.updateTenant(tenant.id, ['provisioning'], {
      provisioningStatus: 'failed',
      steps: [ACTIVATION],
    });
    const completed = { name: 'activate', status: 'completed', attempt: 1, startedAt: T0, completedAt: T2 };
    assert.deepEqual(await trial.registry.listSteps(tenant.id), [{ ...completed, durationMs: 2_500 }]);
  }),
  steps: must(
    '`updateTenant` ends several steps together with the change, also those whose start was not recorded',
    async (trial) => {
      const { registry } = trial;
      const { id } = (await trial.tenant()).tenant;
      await registry.recordStep(id, 'create_database', { status: 'running', at: T0 });
      const completed = { status: 'completed', at: T1 } as const;
      const failure = { errorCode: 'database_busy', retryable: true } as const;
      await registry.updateTenant(id, ['provisioning'], {
        provisioningStatus: 'failed',
        steps: [
          { name: 'create_database', outcome: { ...completed, externalRef: 'db-1' } },
          { name: 'await_database', startedAt: T1, outcome: completed },
          { name: 'claim_database', startedAt: T1, outcome: { status: 'failed', at: T2, ...failure } },
        ],
      });
      const first = { attempt: 1, startedAt: T1, completedAt: T1, durationMs: 0 };
      assert.deepEqual(await registry.listSteps(id), [
        {
          ...first,
          name: 'create_database',
          status: 'completed',
          startedAt: T0,
          durationMs: 1_000,
          externalRef: 'db-1',
        },
        { ...first, name: 'await_database', status: 'completed' },
        {
          ...first,
          name: 'claim_database',
          status: 'failed',
          completedAt: T2,
          durationMs: 1_500,
          ...failure,
        },
      ]);
    },
  ),
  'step-attempts': must(
    '`updateTenant` counts an attempt whose start was not recorded, and removes the code of the failure before it',
    async (trial) => {
      const { registry } = trial;
      const { id } = (await trial.tenant()).tenant;
      const failure = { errorCode: 'database_busy', retryable: true } as const;
      await registry.recordStep(id, 'activate', { status: 'running', at: T0 });
      await registry.recordStep(id, 'activate', { status: 'failed', at: T0, ...failure });
      await registry.updateTenant(id, ['provisioning'], {
        provisioningStatus: 'failed',
        steps: [{ name: 'activate', startedAt: T1, outcome: { status: 'completed', at: T1 } }],
      });
      const second = { name: 'activate', status: 'completed', attempt: 2, durationMs: 0 };
      assert.deepEqual(await registry.listSteps(id), [{ ...second, startedAt: T1, completedAt: T1 }]);
    },
  ),
  'step-collision': must(
    '`updateTenant` keeps the code `database_collision` when a later attempt fails otherwise',
    async (trial) => {
      const { registry } = trial;
      const { id } = (await trial.tenant()).tenant;
      const collision = { errorCode: 'database_collision', retryable: false } as const;
      await registry.recordStep(id, 'claim_database', { status: 'running', at: T0 });
      await registry.recordStep(id, 'claim_database', { status: 'failed', at: T0, ...collision });
      const outcome = { status: 'failed', at: T2, errorCode: 'database_busy', retryable: true } as const;
      await registry.updateTenant(id, ['provisioning'], {
        provisioningStatus: 'failed',
        steps: [{ name: 'claim_database', startedAt: T1, outcome }],
      });
      const [{ status, attempt, errorCode, retryable } = {}] = await registry.listSteps(id);
      assert.deepEqual(
        { status, attempt, errorCode, retryable },
        { status: 'failed', attempt: 2, ...collision },
      );
    },
  ),
  'step-completed': must('`updateTenant` does not change a completed step', async (trial) => {
    const { registry } = trial;
    const { id } = (await trial.tenant()).tenant;
    await registry.recordStep(id, 'create_database', { status: 'running', at: T0 });
    await registry.recordStep(id, 'create_database', { status: 'completed', at: T1, externalRef: 'db-1' });
    const before = await registry.listSteps(id);
    const outcome = { status: 'completed', at: T3, externalRef: 'other' } as const;
    await registry.updateTenant(id, ['provisioning'], {
      deadlineAt: T3,
      steps: [{ name: 'create_database', startedAt: T2, outcome }],
    });
    assert.deepEqual(await registry.listSteps(id), before);
  }),
  'step-unchanged': must('`updateTenant` leaves the step unchanged if it changes nothing', async (trial) => {
    const { tenant } = await trial.tenant();
    await trial.registry.recordStep(tenant.id, 'activate', { status: 'running', at: T0 });
    const before = await trial.registry.listSteps(tenant.id);
    await trial.registry.updateTenant(tenant.id, ['active'], { plan: 'pro', steps: [ACTIVATION] });
    assert.deepEqual(await trial.registry.listSteps(tenant.id), before);
  }),
  unknown: must('`updateTenant` rejects an unknown id with `tenant_not_found`', async ({ registry }) => {
    await registry.createTenant(tenantRecord());
    await refused(registry.updateTenant('unknown', ['active'], { plan: 'pro' }), 'tenant_not_found');
  }),
};
