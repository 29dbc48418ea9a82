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
  it('keeps deployments, latest first, and replaces one that is saved again', async () => {
    const { registry } = await openRegistry();
    await registry.saveDeployment(deployment('one'));
    const second = deployment('two', { startedAt: T1, rollbackOf: 'nil', supersededBy: 'three' });
    await registry.saveDeployment(second);
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
    expect(await registry.listDeployments('tenant')).toEqual([second, failed]);
    expect(await registry.getDeployment('tenant', 'one')).toEqual(failed);
    expect(await registry.getDeployment('other', 'one')).toBeNull();
  });
});
