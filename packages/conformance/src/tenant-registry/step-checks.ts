import assert from 'node:assert/strict';
import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { must, type RegistryCheck, type RegistryChecks } from './registry-check.js';
import type { RegistryTrial } from './registry-trial.js';
import { T0, T1, T2 } from './sample-tenants.js';

type StepName = Parameters<ITenantRegistry['recordStep']>[1];
type Change = Parameters<ITenantRegistry['recordStep']>[2];

/** A tenant being provisioned, and a function that records a step of it. */
async function stepsOf(trial: RegistryTrial) {
  const { registry } = trial;
  const { tenant } = await trial.tenant();
  const record = (change: Change, name: StepName = 'claim_database') =>
    registry.recordStep(tenant.id, name, change);
  return { record, list: () => registry.listSteps(tenant.id) };
}

const FAILURE = { errorCode: 'database_busy', retryable: true } as const;
const STARTED = { name: 'claim_database', status: 'running', attempt: 1, startedAt: T0 };

function notProvisioning(status: TenantProvisioningStatus): RegistryCheck {
  return must(
    `\`recordStep\` writes nothing and returns false if the tenant is \`${status}\``,
    async (trial) => {
      const { registry } = trial;
      const { tenant } = await trial.tenant({ tenant: { provisioningStatus: status } });
      for (const change of [
        { status: 'running', at: T1 },
        { status: 'completed', at: T1 },
      ] as const)
        assert.equal(await registry.recordStep(tenant.id, 'create_database', change), false);
      assert.deepEqual(await registry.listSteps(tenant.id), []);
    },
  );
}

export const stepChecks: RegistryChecks = {
  running: must('`recordStep` starts a step with its first attempt', async (trial) => {
    const { record, list } = await stepsOf(trial);
    assert.equal(await record({ status: 'running', at: T0 }), true);
    assert.deepEqual(await list(), [STARTED]);
  }),
  failed: must('`recordStep` stores how an attempt failed', async (trial) => {
    const { record, list } = await stepsOf(trial);
    await record({ status: 'running', at: T0 });
    assert.equal(await record({ status: 'failed', at: T1, ...FAILURE }), true);
    const failed = { ...STARTED, status: 'failed', completedAt: T1, durationMs: 1_000, ...FAILURE };
    assert.deepEqual(await list(), [failed]);
  }),
  attempts: must(
    '`recordStep` counts attempts and keeps the code of the last failure until the step completes',
    async (trial) => {
      const { record, list } = await stepsOf(trial);
      await record({ status: 'running', at: T0 });
      await record({ status: 'failed', at: T1, ...FAILURE });
      await record({ status: 'running', at: T1 });
      assert.deepEqual(await list(), [{ ...STARTED, attempt: 2, startedAt: T1, ...FAILURE }]);
      await record({ status: 'completed', at: T2, externalRef: 'db-1' });
      const completed = { ...STARTED, status: 'completed', attempt: 2, startedAt: T1, completedAt: T2 };
      assert.deepEqual(await list(), [{ ...completed, durationMs: 1_500, externalRef: 'db-1' }]);
    },
  ),
  completed: must('`recordStep` does not change a completed step, and returns true', async (trial) => {
    const { record, list } = await stepsOf(trial);
    await record({ status: 'running', at: T0 });
    await record({ status: 'completed', at: T1 });
    const before = await list();
    for (const change of [
      { status: 'running', at: T2 },
      { status: 'failed', at: T2, errorCode: 'internal', retryable: false },
      { status: 'completed', at: T2, externalRef: 'other' },
    ] as const)
      assert.equal(await record(change), true);
    assert.deepEqual(await list(), before);
  }),
  next: must(
    '`recordStep` starts the next step with the end of a step, also if it was completed before, and none if it returns false',
    async (trial) => {
      const { registry } = trial;
      const { record, list } = await stepsOf(trial);
      await record({ status: 'running', at: T0 });
      assert.equal(await record({ status: 'completed', at: T1, next: 'activate' }), true);
      const next = { name: 'activate', status: 'running', attempt: 1, startedAt: T1 };
      assert.deepEqual((await list())[1], next);
      assert.equal(await record({ status: 'completed', at: T2, next: 'activate' }), true);
      assert.deepEqual((await list())[1], { ...next, attempt: 2, startedAt: T2 });
      const { tenant } = await trial.tenant({ tenant: { provisioningStatus: 'active' } });
      const late = { status: 'completed', at: T1, next: 'activate' } as const;
      assert.equal(await registry.recordStep(tenant.id, 'claim_database', late), false);
      assert.deepEqual(await registry.listSteps(tenant.id), []);
    },
  ),
  also: must(
    '`recordStep` writes the steps that ended after one with its end, and none if it returns false',
    async (trial) => {
      const { registry } = trial;
      const { record, list } = await stepsOf(trial);
      const also = [
        { name: 'await_database', startedAt: T1, outcome: { status: 'completed', at: T2 } },
      ] as const;
      const end = { status: 'completed', at: T1, also, next: 'claim_database' } as const;
      await record({ status: 'running', at: T0 }, 'create_database');
      assert.equal(await record(end, 'create_database'), true);
      const [, waited, claiming] = await list();
      const first = { attempt: 1, startedAt: T1 };
      assert.deepEqual(waited, {
        ...first,
        name: 'await_database',
        status: 'completed',
        completedAt: T2,
        durationMs: 1_500,
      });
      assert.deepEqual(claiming, { ...first, name: 'claim_database', status: 'running' });
      const { tenant } = await trial.tenant({ tenant: { provisioningStatus: 'active' } });
      assert.equal(await registry.recordStep(tenant.id, 'create_database', end), false);
      assert.deepEqual(await registry.listSteps(tenant.id), []);
    },
  ),
  'end-before-start': must('`recordStep` never ends a step before its start', async (trial) => {
    const { record, list } = await stepsOf(trial);
    await record({ status: 'running', at: T2 });
    await record({ status: 'completed', at: T0 });
    const [step] = await list();
    assert.deepEqual([step?.startedAt, step?.completedAt, step?.durationMs], [T2, T2, 0]);
  }),
  concurrent: must('`recordStep` counts the attempts of several processes', async (trial) => {
    const { tenant } = await trial.tenant();
    const processes = await trial.processes(4);
    await Promise.all(
      processes.map((one) => one.recordStep(tenant.id, 'claim_database', { status: 'running', at: T0 })),
    );
    assert.deepEqual(await trial.registry.listSteps(tenant.id), [{ ...STARTED, attempt: 4 }]);
  }),
  'concurrent-change': must(
    '`recordStep` returns true exactly if it wrote the step before the tenant left `provisioning`, also of calls at once',
    async (trial) => {
      const [one = trial.registry, other = trial.registry] = await trial.processes(2);
      for (let round = 0; round < 10; round++) {
        const { tenant } = await trial.tenant();
        const [written] = await Promise.all([
          one.recordStep(tenant.id, 'activate', { status: 'running', at: T0 }),
          other.updateTenant(tenant.id, ['provisioning'], { provisioningStatus: 'failed' }),
        ]);
        assert.equal((await trial.registry.listSteps(tenant.id)).length, written ? 1 : 0);
      }
    },
  ),
  unknown: must('`recordStep` returns false for an unknown tenant', async ({ registry }) => {
    assert.equal(await registry.recordStep('unknown', 'activate', { status: 'running', at: T0 }), false);
    assert.deepEqual(await registry.listSteps('unknown'), []);
  }),
  active: notProvisioning('active'),
  suspended: notProvisioning('suspended'),
  'failed-tenant': notProvisioning('failed'),
  destroying: notProvisioning('destroying'),
  order: must('`listSteps` returns the steps of the tenant in the order of provisioning', async (trial) => {
    const { record, list } = await stepsOf(trial);
    const other = await stepsOf(trial);
    await other.record({ status: 'running', at: T0 }, 'claim_database');
    for (const name of ['activate', 'claim_database', 'create_database'] as const)
      await record({ status: 'running', at: T0 }, name);
    const names = (await list()).map(({ name }) => name);
    assert.deepEqual(names, ['create_database', 'claim_database', 'activate']);
  }),
};
