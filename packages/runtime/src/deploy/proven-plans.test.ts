import type { DataPlane, ISchemaDiffService } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import { openTenant } from '../../test/deploy-plane.js';
import { CRM_1 } from '../../test/sample-bundles.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';

type Counts = Partial<Record<keyof ISchemaDiffService, number>>;

/** A data plane that counts the calls of its schema diff service. */
function counted(dataPlane: DataPlane): { dataPlane: DataPlane; counts: Counts } {
  const counts: Counts = {};
  const schemaDiff = new Proxy(dataPlane.schemaDiff, {
    get: (service, key: keyof ISchemaDiffService) => {
      const method = service[key] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        counts[key] = (counts[key] ?? 0) + 1;
        return method(...args);
      };
    },
  });
  return { dataPlane: { ...dataPlane, dialect: dataPlane.dialect, schemaDiff }, counts };
}

const ONCE = 1;
const made = ({ planMigrations }: Counts) => planMigrations;

describe('a deployment', () => {
  it('is compared and planned once if one process plans and executes it', async () => {
    const tenant = await openTenant();
    const { dataPlane, counts } = counted(tenant.dataPlane);
    const deployments = createDeployPipeline({ ...tenant, environment: 'prod', dataPlane });
    const plan = await deployments.planDeployment(tenant.tenantId, CRM_1);
    await deployments.executeDeployment(tenant.tenantId, plan);
    expect(made(counts)).toBe(ONCE);
  });

  it('is compared and planned again if another process planned it', async () => {
    const tenant = await openTenant();
    const plan = await tenant.deployments.planDeployment(tenant.tenantId, CRM_1);
    const { dataPlane, counts } = counted(tenant.dataPlane);
    const deployments = createDeployPipeline({ ...tenant, environment: 'prod', dataPlane });
    const result = await deployments.executeDeployment(tenant.tenantId, JSON.parse(JSON.stringify(plan)));
    expect(result).toMatchObject({ status: 'ready', outcome: 'applied', planHash: plan.planHash });
    expect(made(counts)).toBe(ONCE);
  });

  it('is compared once for all tenants with the same schema', async () => {
    const tenant = await openTenant();
    const { dataPlane, counts } = counted(tenant.dataPlane);
    const deployments = createDeployPipeline({ ...tenant, environment: 'prod', dataPlane });
    const plan = await deployments.planDeployment(tenant.tenantId, CRM_1);
    const { tenantId } = await tenant.provisioning.provisionTenant({ orgId: 'other' });
    for (const id of [tenant.tenantId, tenantId]) await deployments.executeDeployment(id, plan);
    expect(made(counts)).toBe(ONCE);
  });
});
