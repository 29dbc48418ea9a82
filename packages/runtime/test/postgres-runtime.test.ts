import { IS_EXHAUSTIVE, SEED, sharedPostgres, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { LEASE_MS } from '../src/provisioning/provisioning-lease.js';
import { activeTenant, GRACE_MS, openControlPlane } from './control-plane.js';
import { deploy, openDeployPlane, openTenant } from './deploy-plane.js';
import { atBoundary } from './fault-plane.js';
import { ManualClock } from './manual-clock.js';
import { reusedSchemas } from './reused-schemas.js';
import { CRM_1, CRM_2 } from './sample-bundles.js';

const schemas = reusedSchemas(sharedPostgres());
const newRegistry = async () => schemas.openRegistry(await schemas.createSchema());
/** Between the boundaries at which provisioning fails. */
const STEP = IS_EXHAUSTIVE ? 1 : 3;

describe('a runtime whose registry is on PostgreSQL', () => {
  it('provisions, deploys, upgrades, rolls back and deploys again', async () => {
    const tenant = await openTenant({ registry: await newRegistry() });
    expect(await deploy(tenant, CRM_1)).toMatchObject({ status: 'ready', outcome: 'applied' });
    const second = await deploy(tenant, CRM_2);
    expect(await tenant.driver.count('region')).toBe(1);
    await tenant.deployments.rollbackDeployment(tenant.tenantId, second.deploymentId);
    expect(await deploy(tenant, CRM_1)).toMatchObject({ outcome: 'unchanged' });
    const records = await tenant.registry.listDeployments(tenant.tenantId);
    expect(records).toHaveLength(3);
    expect(records.every(({ status }) => status === 'ready')).toBe(true);
    expect(records.filter(({ rollbackOf }) => rollbackOf === second.deploymentId)).toHaveLength(1);
  });

  it('suspends, resumes, destroys and purges a tenant', async () => {
    const clock = new ManualClock();
    const plane = await openControlPlane({ clock, registry: await newRegistry() });
    const id = await activeTenant(plane);
    await plane.provisioning.suspendTenant(id);
    await expect(plane.router.getTenantClient(id)).rejects.toMatchObject({ code: 'tenant_suspended' });
    await plane.provisioning.resumeTenant(id);
    await plane.router.getTenantClient(id);
    await plane.provisioning.destroyTenant(id);
    clock.advance(GRACE_MS + 1);
    expect(await plane.provisioning.sweep()).toMatchObject({ purged: [id], problems: [] });
    await expect(plane.router.getTenantClient(id)).rejects.toMatchObject({ code: 'tenant_not_found' });
  });

  it('makes one tenant of requests with one key that several runtimes serve at once', async () => {
    const connectionString = await schemas.createSchema();
    const dir = await temporaryFolder();
    const planes = [];
    for (let index = 0; index < 3; index++)
      planes.push(await openControlPlane({ dir, registry: schemas.openRegistry(connectionString) }));
    const request = { orgId: 'acme', requestKey: 'signup' };
    const results = await Promise.allSettled(
      [...planes, ...planes].map(({ provisioning }) => provisioning.provisionTenant(request)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    const last = await planes[0]?.provisioning.provisionTenant(request);
    expect(last).toMatchObject({ status: 'active' });
    expect(await planes[0]?.registry.listAllTenants()).toHaveLength(1);
  });

  it('resumes provisioning that failed at any boundary', async () => {
    const request = { orgId: 'acme', requestKey: 'signup' };
    let boundary = SEED % STEP;
    for (let failed = true; failed; boundary += STEP) {
      failed = false;
      const faults = atBoundary(boundary, () => {
        failed = true;
        throw new Error('Interrupted.');
      });
      const connectionString = await schemas.createSchema();
      const dir = await temporaryFolder();
      const first = await openControlPlane({ dir, faults, registry: schemas.openRegistry(connectionString) });
      await first.provisioning.provisionTenant(request).catch(() => undefined);
      const clock = new ManualClock();
      clock.advance(LEASE_MS);
      const second = await openControlPlane({
        dir,
        clock,
        registry: schemas.openRegistry(connectionString),
      });
      expect(await second.provisioning.provisionTenant(request)).toMatchObject({ status: 'active' });
      expect(await second.registry.listAllTenants()).toHaveLength(1);
    }
    expect(boundary).toBeGreaterThan(5);
  });

  it('settles a deployment that another process left unfinished', async () => {
    const connectionString = await schemas.createSchema();
    const dir = await temporaryFolder();
    const clock = new ManualClock();
    let saves = 0;
    const faults = {
      before: (effect: string) => {
        if (effect === 'registry.saveDeployment' && saves++ > 0) throw new Error('Interrupted.');
      },
      after: () => undefined,
    };
    const first = await openDeployPlane({
      dir,
      clock,
      faults,
      registry: schemas.openRegistry(connectionString),
    });
    const tenantId = await activeTenant(first);
    const plan = await first.deployments.planDeployment(tenantId, CRM_1);
    await first.deployments.executeDeployment(tenantId, plan).catch(() => undefined);
    expect(await first.registry.listUnfinishedDeployments('2999-01-01T00:00:00.000Z')).toHaveLength(1);
    clock.advance(24 * 3_600_000);
    const second = await openDeployPlane({ dir, clock, registry: schemas.openRegistry(connectionString) });
    expect(await second.deployments.executeDeployment(tenantId, plan)).toMatchObject({ status: 'ready' });
    expect(await second.registry.listUnfinishedDeployments('2999-01-01T00:00:00.000Z')).toEqual([]);
  });
});
