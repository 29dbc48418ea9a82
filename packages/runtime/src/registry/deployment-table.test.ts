import type { DeploymentRecord, DeployResult } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openRegistry } from '../../test/open-registry.js';

const T0 = '2026-01-01T00:00:00.000Z';
const T1 = '2026-01-01T00:00:01.000Z';
const T2 = '2026-01-01T00:00:02.500Z';

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

describe('saveDeployment, listDeployments', () => {
  it('lists deployments, latest first, and replaces one that is saved again', async () => {
    const { registry } = await openRegistry();
    await registry.saveDeployment(deployment('one'), { take: 'a', revision: null });
    const second = deployment('two', { startedAt: T1, rollbackOf: 'nil', supersededBy: 'three' });
    await registry.saveDeployment(second, { take: 'a', revision: null });
    await registry.saveDeployment(deployment('foreign', { tenantId: 'other' }), {
      take: 'a',
      revision: null,
    });
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
    await registry.saveDeployment(failed, { lease: 'a' });
    expect(await registry.listDeployments('tenant')).toEqual([
      { ...second, revision: 1 },
      { ...failed, revision: 2 },
    ]);
    expect(await registry.getDeployment('tenant', 'one')).toEqual({ ...failed, revision: 2 });
    expect(await registry.getDeployment('other', 'one')).toBeNull();
  });
});

describe('saveDeployment', () => {
  const running = deployment('one');
  const later = deployment('one', { status: 'registering', updatedAt: T1 });

  it('writes only under the latest lease', async () => {
    const { registry } = await openRegistry();
    await registry.saveDeployment(running, { take: 'first', revision: null });
    await registry.saveDeployment(running, { take: 'second', revision: 1 });
    expect(await registry.saveDeployment(later, { lease: 'first' })).toEqual({
      changed: false,
      previousStatus: 'migrating',
      record: { ...running, revision: 2 },
    });
    expect(await registry.saveDeployment(later, { lease: 'second' })).toEqual({
      changed: true,
      previousStatus: 'migrating',
      record: { ...later, revision: 3 },
    });
  });

  it('writes a reconciled record only if its revision is unchanged, and ends the lease', async () => {
    const { registry } = await openRegistry();
    await registry.saveDeployment(running, { take: 'first', revision: null });
    expect(await registry.renewDeployment('tenant', 'one', { lease: 'first', updatedAt: T1 })).toBe(true);
    expect((await registry.saveDeployment(later, { revision: 1 })).changed).toBe(false);
    const judged = await Promise.all([1, 2].map(() => registry.saveDeployment(later, { revision: 2 })));
    expect(judged.map(({ changed }) => changed).sort()).toEqual([false, true]);
    expect((await registry.saveDeployment(running, { lease: 'first' })).changed).toBe(false);
    expect(await registry.renewDeployment('tenant', 'one', { lease: 'first', updatedAt: T2 })).toBe(false);
    expect(await registry.getDeployment('tenant', 'one')).toEqual({ ...later, revision: 3 });
  });

  it('acquires a record only if its revision is unchanged, and adds one only if there is none', async () => {
    const { registry } = await openRegistry();
    const adding = await Promise.all(
      ['first', 'second'].map((take) => registry.saveDeployment(running, { take, revision: null })),
    );
    expect(adding.map(({ changed }) => changed).sort()).toEqual([false, true]);
    const winner = adding[0]?.changed ? 'first' : 'second';
    await registry.saveDeployment(later, { lease: winner });
    for (const revision of [null, 1, 3])
      expect(await registry.saveDeployment(running, { take: 'third', revision })).toEqual({
        changed: false,
        previousStatus: 'registering',
        record: { ...later, revision: 2 },
      });
    expect((await registry.saveDeployment(running, { take: 'third', revision: 2 })).changed).toBe(true);
    expect((await registry.saveDeployment(later, { lease: winner })).changed).toBe(false);
  });

  it('does not acquire a record whose lease was extended since it was read', async () => {
    const { registry } = await openRegistry();
    await registry.saveDeployment(running, { take: 'first', revision: null });
    await registry.renewDeployment('tenant', 'one', { lease: 'first', updatedAt: T1 });
    expect((await registry.saveDeployment(running, { take: 'second', revision: 1 })).changed).toBe(false);
  });

  it('neither adds nor renews a missing record under a lease or revision', async () => {
    const { registry } = await openRegistry();
    for (const guard of [{ lease: 'a' }, { revision: 1 }, { take: 'a', revision: 1 }])
      expect(await registry.saveDeployment(running, guard)).toEqual({
        changed: false,
        previousStatus: null,
        record: null,
      });
    expect(await registry.renewDeployment('tenant', 'one', { lease: 'a', updatedAt: T1 })).toBe(false);
  });

  it('keeps the record of a rollback when the process of the deployment writes', async () => {
    const { registry } = await openRegistry();
    await registry.saveDeployment({ ...running, supersededBy: 'two' }, { take: 'first', revision: null });
    await registry.saveDeployment(later, { lease: 'first' });
    expect(await registry.getDeployment('tenant', 'one')).toMatchObject({ supersededBy: 'two' });
    await registry.saveDeployment(later, { take: 'second', revision: 2 });
    expect(await registry.getDeployment('tenant', 'one')).toMatchObject({ supersededBy: 'two' });
  });

  it.each([{ take: 'second', revision: 1 }, { lease: 'first' }, { revision: 1 }])(
    'rejects status transitions that the table does not allow: %j',
    async (guard) => {
      const { registry } = await openRegistry();
      const error = {
        type: 'urn:objectstack:error:internal',
        title: 'Internal error.',
        status: 500,
        detail: 'Failed.',
        code: 'internal',
        retryable: false,
      } as const;
      const result = {
        deploymentId: 'one',
        tenantId: 'tenant',
        planHash: 'b'.repeat(64),
        bundleChecksum: 'c'.repeat(64),
        outcome: 'applied' as const,
        statementsExecuted: 3,
        seeds: [],
        steps: [],
        durationMs: 1,
        completedAt: T2,
      } satisfies Omit<DeployResult, 'status' | 'error'>;
      const ready = deployment('one', { status: 'ready', result: { ...result, status: 'ready' } });
      const failed = deployment('one', { status: 'failed', result: { ...result, status: 'failed', error } });
      await registry.saveDeployment(ready, { take: 'first', revision: null });
      expect((await registry.saveDeployment(failed, guard)).changed).toBe(false);
      expect(await registry.getDeployment('tenant', 'one')).toEqual({ ...ready, revision: 1 });
      expect((await registry.saveDeployment(running, guard)).changed).toBe(true);
    },
  );
});
