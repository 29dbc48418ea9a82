import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import { openRegistry } from '../../test/open-registry.js';
import { tenantRecord } from '../../test/tenant-record.js';

const T0 = '2026-01-01T00:00:00.000Z';
const T1 = '2026-01-01T00:00:01.000Z';
const T2 = '2026-01-01T00:00:02.500Z';

describe('recordStep', () => {
  it('counts attempts, and stores the failure until the step completes', async () => {
    const { registry } = await openRegistry();
    const { tenant } = (await registry.createTenant(tenantRecord())).record;
    const record = (change: Parameters<ITenantRegistry['recordStep']>[2]) =>
      registry.recordStep(tenant.id, 'claim_database', change);
    expect(await record({ status: 'running', at: T0 })).toBe(true);
    await record({ status: 'failed', at: T1, errorCode: 'database_busy', retryable: true });
    const failure = { errorCode: 'database_busy', retryable: true };
    expect(await registry.listSteps(tenant.id)).toEqual([
      {
        name: 'claim_database',
        status: 'failed',
        attempt: 1,
        startedAt: T0,
        completedAt: T1,
        durationMs: 1_000,
        ...failure,
      },
    ]);
    await record({ status: 'running', at: T1 });
    expect(await registry.listSteps(tenant.id)).toEqual([
      { name: 'claim_database', status: 'running', attempt: 2, startedAt: T1, ...failure },
    ]);
    await record({ status: 'completed', at: T2, externalRef: 'db-1' });
    expect(await registry.listSteps(tenant.id)).toEqual([
      {
        name: 'claim_database',
        status: 'completed',
        attempt: 2,
        startedAt: T1,
        completedAt: T2,
        durationMs: 1_500,
        externalRef: 'db-1',
      },
    ]);
  });

  it('does not change a completed step', async () => {
    const { registry } = await openRegistry();
    const { tenant } = (await registry.createTenant(tenantRecord())).record;
    await registry.recordStep(tenant.id, 'create_database', { status: 'running', at: T0 });
    await registry.recordStep(tenant.id, 'create_database', { status: 'completed', at: T1 });
    const before = await registry.listSteps(tenant.id);
    expect(await registry.recordStep(tenant.id, 'create_database', { status: 'running', at: T2 })).toBe(true);
    const failure = { status: 'failed', at: T2, errorCode: 'internal', retryable: false } as const;
    expect(await registry.recordStep(tenant.id, 'create_database', failure)).toBe(true);
    expect(await registry.listSteps(tenant.id)).toEqual(before);
  });

  it('never ends a step before its start', async () => {
    const { registry } = await openRegistry();
    const { tenant } = (await registry.createTenant(tenantRecord())).record;
    await registry.recordStep(tenant.id, 'create_database', { status: 'running', at: T2 });
    await registry.recordStep(tenant.id, 'create_database', { status: 'completed', at: T0 });
    expect(await registry.listSteps(tenant.id)).toMatchObject([
      { startedAt: T2, completedAt: T2, durationMs: 0 },
    ]);
  });

  it.each(['active', 'suspended', 'failed', 'destroying'] as const)(
    'writes nothing to a tenant that is %s',
    async (status) => {
      const { registry } = await openRegistry();
      const { tenant, databaseName } = (await registry.createTenant(tenantRecord())).record;
      await registry.recordStep(tenant.id, 'create_database', { status: 'running', at: T0 });
      const before = await registry.listSteps(tenant.id);
      for (const provisioningStatus of status === 'suspended' ? (['active', status] as const) : [status])
        await registry.updateTenant(tenant.id, ['provisioning', 'active'], {
          provisioningStatus,
          connectionConfig: { url: 'file:/data/t.db', databaseName },
          provisionedAt: T1,
        });
      for (const change of [
        { status: 'running', at: T1 },
        { status: 'completed', at: T1 },
      ] as const) {
        expect(await registry.recordStep(tenant.id, 'create_database', change)).toBe(false);
      }
      expect(await registry.recordStep(tenant.id, 'claim_database', { status: 'running', at: T1 })).toBe(
        false,
      );
      expect(await registry.listSteps(tenant.id)).toEqual(before);
    },
  );

  it('lists steps in the order of provisioning', async () => {
    const { registry } = await openRegistry();
    const { tenant } = (await registry.createTenant(tenantRecord())).record;
    for (const name of ['activate', 'claim_database', 'create_database'] as const) {
      await registry.recordStep(tenant.id, name, { status: 'running', at: T0 });
    }
    const names = (await registry.listSteps(tenant.id)).map(({ name }) => name);
    expect(names).toEqual(['create_database', 'claim_database', 'activate']);
  });

  it('keeps a collision when a later attempt fails otherwise, until the step completes', async () => {
    const { registry } = await openRegistry();
    const { tenant } = (await registry.createTenant(tenantRecord())).record;
    const record = (change: Parameters<ITenantRegistry['recordStep']>[2]) =>
      registry.recordStep(tenant.id, 'claim_database', change);
    await record({ status: 'running', at: T0 });
    await record({ status: 'failed', at: T0, errorCode: 'database_collision', retryable: false });
    await record({ status: 'running', at: T1 });
    await record({ status: 'failed', at: T1, errorCode: 'database_unreachable', retryable: true });
    expect(await registry.listSteps(tenant.id)).toMatchObject([
      { errorCode: 'database_collision', retryable: false, attempt: 2 },
    ]);
    await record({ status: 'running', at: T2 });
    await record({ status: 'completed', at: T2 });
    const [step] = await registry.listSteps(tenant.id);
    expect(step).toMatchObject({ status: 'completed' });
    expect(step?.errorCode).toBeUndefined();
  });
});
