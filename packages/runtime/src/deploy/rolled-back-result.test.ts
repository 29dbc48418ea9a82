import type { ITenantRegistry, StoredDeployment } from '@objectstack/spec/contracts';
import { RollbackResultSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { rolledBackResult } from './rolled-back-result.js';

const text = { type: 'text' } as const;
const owner = { type: 'lookup', reference: 'owner' } as const;
const VERSIONS = [{ owner, size: text }, { size: text }, {}].map((fields, index) =>
  bundleOf(
    { objects: [objectOf('owner', { name: text }), objectOf('item', { name: text, ...fields })] },
    `${index + 1}.0.0`,
  ),
);

/** Three versions that remove a lookup and then a field; the target of the lookup is deleted meanwhile. */
async function shrunk() {
  const tenant = await openTenant();
  const ids: string[] = [];
  const removed = [[], ['remove_field:item.owner'], ['remove_field:item.size']];
  for (const [index, bundle] of VERSIONS.entries()) {
    ids.push((await deploy(tenant, bundle, { allow: removed[index] ?? [] })).deploymentId);
    if (index > 0) continue;
    await tenant.driver.create('owner', { id: 'o', name: 'Ann' });
    await tenant.driver.create('item', { id: 'x', owner: 'o', size: 's' });
  }
  await tenant.driver.delete('owner', 'o');
  return { ...tenant, first: ids[0] ?? '', second: ids[1] ?? '', third: ids[2] ?? '' };
}

describe('rollbackDeployment', () => {
  it('returns the result of each rollback, and what could not be restored', async () => {
    const { deployments, tenantId, second, third } = await shrunk();
    const result = await deployments.rollbackDeployment(tenantId, second, { includeLater: true });
    expect(RollbackResultSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({ tenantId, rollbackOf: second, outcome: 'applied' });
    expect(result.rollbacks).toMatchObject([
      { rollbackOf: third, status: 'ready', outcome: 'applied' },
      { rollbackOf: second, status: 'ready', deploymentId: result.deploymentId },
    ]);
    expect(result.findings).toMatchObject([
      { checkId: expect.stringMatching(/^lost:/), rows: 1, samples: ['x'], explanation: expect.any(String) },
    ]);
    expect((await deployments.get(tenantId, result.deploymentId)).result).toEqual(result.rollbacks[1]);
  });

  it('returns the same findings when the call is repeated', async () => {
    const { deployments, tenantId, second, registry } = await shrunk();
    const first = await deployments.rollbackDeployment(tenantId, second, { includeLater: true });
    const records = await registry.listDeployments(tenantId);
    const again = await deployments.rollbackDeployment(tenantId, second);
    expect(again).toMatchObject({
      deploymentId: first.deploymentId,
      outcome: 'already_applied',
      findings: first.findings,
      rollbacks: [{ rollbackOf: second, outcome: 'already_applied', statementsExecuted: 0 }],
    });
    expect(await registry.listDeployments(tenantId)).toEqual(records);
  });

  it('returns a result from the history while another process still writes its record', async () => {
    const { registry, third, ...tenant } = await shrunk();
    const { deployments, tenantId, driver } = tenant;
    const { deploymentId } = await deployments.rollbackDeployment(tenantId, third);
    const running = (record: StoredDeployment): StoredDeployment => {
      const { result: _, ...unfinished } = record;
      return record.id === deploymentId ? { ...unfinished, status: 'registering' } : record;
    };
    const busy: ITenantRegistry = {
      ...registry,
      listDeployments: async (id) => (await registry.listDeployments(id)).map(running),
      saveDeployment: async ({ id }) => {
        const stored = await registry.getDeployment(tenantId, id);
        return { record: stored && running(stored), changed: false, previousStatus: stored?.status ?? null };
      },
    };
    const context = { ...tenant, registry: busy, environment: 'prod' as const };
    expect(await rolledBackResult(context, { tenantId, driver, deploymentId: third })).toMatchObject({
      deploymentId,
      rollbackOf: third,
      status: 'ready',
      outcome: 'already_applied',
      statementsExecuted: 0,
    });
  });
});
