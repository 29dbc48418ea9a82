import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import type { ITenantRegistry, SqlDatabase } from '@objectstack/spec/contracts';
import { type DeploymentRecord, type DeployResult, TENANT_PLAN_QUOTAS } from '@objectstack/spec/system';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { tenantRecord } from '../../test/tenant-record.js';
import { createTenantRegistry } from './tenant-registry.js';

const T0 = '2026-01-01T00:00:00.000Z';
const T1 = '2026-01-01T00:00:01.000Z';
const T2 = '2026-01-01T00:00:02.500Z';

async function open(): Promise<{ database: SqlDatabase; registry: ITenantRegistry; path: string }> {
  const path = join(await temporaryFolder(), 'control.db');
  const database = openLocalDatabase({ path });
  const registry = createTenantRegistry(database);
  onTestFinished(() => registry.close());
  await registry.initialize();
  return { database, registry, path };
}

const deployment = (id: string, changes: Partial<DeploymentRecord> = {}): DeploymentRecord => ({
  id,
  tenantId: 'tenant',
  planHash: 'b'.repeat(64),
  bundleChecksum: 'c'.repeat(64),
  bundleVersion: '1.0.0',
  status: 'migrating',
  startedAt: T0,
  updatedAt: T0,
  ...changes,
});

describe('createTenantRegistry', () => {
  it('initializes again without touching what is there', async () => {
    const { registry } = await open();
    const record = tenantRecord();
    await registry.createTenant(record);
    await Promise.all([registry.initialize(), registry.initialize()]);
    expect(await registry.getTenant(record.tenant.id)).toEqual(record);
  });

  it('returns a tenant exactly as it was added, after a reopening too', async () => {
    const { registry, path } = await open();
    const record = tenantRecord({
      requestKey: 'signup-1',
      deadlineAt: T2,
      tenant: {
        name: 'Acme',
        adminEmail: 'ops@acme.example',
        metadata: { source: 'web', quote: `'"` },
        connectionConfig: { url: 'file:/data/t.db', databaseName: 't-known' },
        provisionedAt: T1,
        purgeAt: T2,
      },
      databaseName: 't-known',
    });
    expect(await registry.createTenant(record)).toEqual({ record, created: true });
    await registry.close();
    const reopened = createTenantRegistry(openLocalDatabase({ path }));
    expect(await reopened.getTenant(record.tenant.id)).toEqual(record);
    await reopened.close();
  });

  it('answers null for an unknown tenant', async () => {
    const { registry } = await open();
    expect(await registry.getTenant('nobody')).toBeNull();
  });

  it('keeps one tenant for a request key, however many ask at once', async () => {
    const { registry } = await open();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => registry.createTenant(tenantRecord({ requestKey: 'k' }))),
    );
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ record }) => record.tenant.id)).size).toBe(1);
    expect(await registry.listTenants('acme')).toHaveLength(1);
  });

  it('keeps request keys of organisations apart, and allows any number without one', async () => {
    const { registry } = await open();
    const other = { tenant: { organizationId: 'globex' }, requestKey: 'k' };
    const added = [tenantRecord({ requestKey: 'k' }), tenantRecord(other), tenantRecord(), tenantRecord()];
    for (const record of added) expect((await registry.createTenant(record)).created).toBe(true);
    expect(await registry.listTenants('acme')).toHaveLength(3);
  });

  it('never gives one database name to two tenants', async () => {
    const { registry } = await open();
    await registry.createTenant(tenantRecord({ databaseName: 't-same' }));
    await expect(registry.createTenant(tenantRecord({ databaseName: 't-same' }))).rejects.toMatchObject({
      code: 'unique_violation',
    });
  });

  it('lists the tenants of an organisation that are not destroyed, oldest first', async () => {
    const { registry } = await open();
    const young = tenantRecord({ tenant: { createdAt: T2 } });
    const old = tenantRecord({ tenant: { createdAt: T1 } });
    const gone = tenantRecord({ destroyedAt: T2 });
    for (const record of [young, old, gone]) await registry.createTenant(record);
    const ids = (await registry.listTenants('acme')).map(({ tenant }) => tenant.id);
    expect(ids).toEqual([old.tenant.id, young.tenant.id]);
  });

  describe('updateTenant', () => {
    it('changes a tenant in one of the statuses and derives the quotas from the plan', async () => {
      const { registry } = await open();
      const { tenant } = tenantRecord({ tenant: { provisioningStatus: 'active' } });
      await registry.createTenant(tenantRecord({ tenant }));
      const { record, changed } = await registry.updateTenant(tenant.id, ['active', 'suspended'], {
        plan: 'pro',
        provisioningStatus: 'suspended',
      });
      expect(changed).toBe(true);
      expect(record.tenant).toEqual({
        ...tenant,
        plan: 'pro',
        provisioningStatus: 'suspended',
        quotas: TENANT_PLAN_QUOTAS.pro,
      });
    });

    it('leaves a tenant in another status alone and returns it', async () => {
      const { registry } = await open();
      const record = tenantRecord({ deadlineAt: T2 });
      await registry.createTenant(record);
      const update = await registry.updateTenant(record.tenant.id, ['active'], { deadlineAt: null });
      expect(update).toEqual({ record, changed: false });
    });

    it('lets one of many competing changes win', async () => {
      const { registry } = await open();
      const { tenant } = (await registry.createTenant(tenantRecord())).record;
      const updates = await Promise.all(
        Array.from({ length: 10 }, () =>
          registry.updateTenant(tenant.id, ['provisioning'], {
            provisioningStatus: 'active',
            provisionedAt: T1,
          }),
        ),
      );
      expect(updates.filter(({ changed }) => changed)).toHaveLength(1);
    });

    it('clears a deadline with null and never changes a destroyed tenant', async () => {
      const { registry } = await open();
      const { tenant } = (await registry.createTenant(tenantRecord({ deadlineAt: T2 }))).record;
      const change = { destroyedAt: T2, deadlineAt: null };
      const first = await registry.updateTenant(tenant.id, ['provisioning'], change);
      expect(first).toMatchObject({ changed: true, record: { deadlineAt: null, destroyedAt: T2 } });
      const second = await registry.updateTenant(tenant.id, ['provisioning'], { plan: 'pro' });
      expect(second).toMatchObject({ changed: false, record: { tenant: { plan: 'free' } } });
    });

    it('writes the step that the change ends together with it', async () => {
      const { registry } = await open();
      const { tenant } = (await registry.createTenant(tenantRecord())).record;
      await registry.recordStep(tenant.id, 'activate', { status: 'running', at: T0 });
      const step = { name: 'activate', outcome: { status: 'completed', at: T2 } } as const;
      await registry.updateTenant(tenant.id, ['active'], { provisioningStatus: 'suspended', step });
      expect(await registry.listSteps(tenant.id)).toMatchObject([{ status: 'running' }]);
      await registry.updateTenant(tenant.id, ['provisioning'], { provisioningStatus: 'active', step });
      expect(await registry.listSteps(tenant.id)).toEqual([
        {
          name: 'activate',
          status: 'completed',
          attempt: 1,
          startedAt: T0,
          completedAt: T2,
          durationMs: 2_500,
        },
      ]);
    });

    it('rejects an unknown tenant', async () => {
      const { registry } = await open();
      await expect(registry.updateTenant('nobody', ['active'], { plan: 'pro' })).rejects.toMatchObject({
        code: 'tenant_not_found',
      });
    });
  });

  it('lists what is overdue and not destroyed', async () => {
    const { registry } = await open();
    const overdue = tenantRecord({ deadlineAt: T0 });
    const others = [
      tenantRecord({ deadlineAt: T1 }),
      tenantRecord(),
      tenantRecord({ deadlineAt: T0, destroyedAt: T0 }),
    ];
    for (const record of [overdue, ...others]) await registry.createTenant(record);
    expect(await registry.listOverdue(T1)).toEqual([overdue]);
  });

  describe('recordStep', () => {
    it('counts attempts and keeps the failure until the step completes', async () => {
      const { registry } = await open();
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

    it('leaves a completed step as it is', async () => {
      const { registry } = await open();
      const { tenant } = (await registry.createTenant(tenantRecord())).record;
      await registry.recordStep(tenant.id, 'create_database', { status: 'running', at: T0 });
      await registry.recordStep(tenant.id, 'create_database', { status: 'completed', at: T1 });
      const before = await registry.listSteps(tenant.id);
      expect(await registry.recordStep(tenant.id, 'create_database', { status: 'running', at: T2 })).toBe(
        true,
      );
      const failure = { status: 'failed', at: T2, errorCode: 'internal', retryable: false } as const;
      expect(await registry.recordStep(tenant.id, 'create_database', failure)).toBe(true);
      expect(await registry.listSteps(tenant.id)).toEqual(before);
    });

    it('never ends a step before it began', async () => {
      const { registry } = await open();
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
        const { registry } = await open();
        const { tenant } = (await registry.createTenant(tenantRecord())).record;
        await registry.recordStep(tenant.id, 'create_database', { status: 'running', at: T0 });
        const before = await registry.listSteps(tenant.id);
        await registry.updateTenant(tenant.id, ['provisioning'], { provisioningStatus: status });
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
      const { registry } = await open();
      const { tenant } = (await registry.createTenant(tenantRecord())).record;
      for (const name of ['activate', 'claim_database', 'create_database'] as const) {
        await registry.recordStep(tenant.id, name, { status: 'running', at: T0 });
      }
      const names = (await registry.listSteps(tenant.id)).map(({ name }) => name);
      expect(names).toEqual(['create_database', 'claim_database', 'activate']);
    });
  });

  it('keeps deployments, latest first, and replaces one that is saved again', async () => {
    const { registry } = await open();
    await registry.saveDeployment(deployment('one'));
    await registry.saveDeployment(deployment('two', { startedAt: T1 }));
    await registry.saveDeployment(deployment('foreign', { tenantId: 'other' }));
    const error = {
      type: 'urn:objectstack:error:seed_failed',
      title: 'Seed records could not be written.',
      status: 422,
      detail: 'Two records failed.',
      code: 'seed_failed',
      retryable: false,
    } as const;
    const result = {
      deploymentId: 'one',
      tenantId: 'tenant',
      planHash: 'b'.repeat(64),
      bundleChecksum: 'c'.repeat(64),
      outcome: 'applied',
      status: 'failed',
      error,
      statementsExecuted: 3,
      seeds: [],
      steps: [{ status: 'failed', startedAt: T1, durationMs: 0.5 }],
      durationMs: 1_500.5,
      completedAt: T2,
    } satisfies DeployResult;
    const failed = deployment('one', {
      status: 'failed',
      updatedAt: T2,
      result,
    });
    await registry.saveDeployment(failed);
    expect(await registry.listDeployments('tenant')).toEqual([deployment('two', { startedAt: T1 }), failed]);
    expect(await registry.getDeployment('tenant', 'one')).toEqual(failed);
    expect(await registry.getDeployment('other', 'one')).toBeNull();
  });

  it.each([
    ['status', 'asleep', 'tenant.provisioningStatus'],
    ['plan', 'gold', 'tenant.plan'],
    ['metadata', '{broken', 'tenant.metadata'],
    ['deadline_at', 'tomorrow', 'deadlineAt'],
    ['request_fingerprint', '', 'requestFingerprint'],
  ])('refuses a row whose %s it does not understand', async (column, value, path) => {
    const { registry, database } = await open();
    const { tenant } = (await registry.createTenant(tenantRecord())).record;
    await database.execute({ sql: `UPDATE _os_control_tenant SET ${column} = ?`, args: [value] });
    await expect(registry.getTenant(tenant.id)).rejects.toMatchObject({
      code: 'database_invalid',
      details: { table: 'tenant', paths: expect.arrayContaining([path]) },
    });
  });
});
