import type { RolloutTenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { openFleet, V2 } from '../../test/fleet-plane.js';
import type { FleetContext } from './fleet-context.js';
import { rollbackTenant } from './rollback-tenant.js';

describe('rollbackTenant', () => {
  it('reports a tenant that does not answer only if a killed process may have deployed to it', async () => {
    const plane = await openFleet(2);
    await plane.fleet.createRelease(V2, { name: '2' });
    const { rolloutId } = await plane.fleet.planRollout('2');
    const members = await plane.registry.listRolloutTenants(rolloutId, { limit: 2 });
    const [deployed, untouched] = members as unknown as [RolloutTenantRecord, RolloutTenantRecord];
    await plane.deployments.deploy(deployed.tenantId, V2);
    const getTenantClient = async () => {
      throw new ObjectStackError({ code: 'database_unreachable', message: 'No.' });
    };
    const context = { ...plane, router: { ...plane.router, getTenantClient } } as unknown as FleetContext;
    expect(await rollbackTenant(context, deployed)).toMatchObject({
      state: 'rollback_failed',
      problem: { code: 'database_unreachable' },
    });
    expect(await rollbackTenant(context, untouched)).toBeNull();
    expect(await rollbackTenant(plane as unknown as FleetContext, deployed)).toMatchObject({
      state: 'rolled_back',
    });
  });
});
