import { tursoLocal } from '@objectstack/driver-turso';
import type { ITenantRegistry, RuntimeEvents } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  DeploymentEventSchema,
  QuotaExceededEventSchema,
  type RuntimeEventName,
  RuntimeEventNameEnum,
  TenantEventSchema,
} from '@objectstack/spec/system';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRuntime, createTenantRegistry, type RuntimeOptions } from '../src/index.js';
import { ManualClock } from './manual-clock.js';
import { untilReady } from './pool-plane.js';
import { bundleOf, objectOf } from './sample-bundles.js';

const CANARY = 'canary-7f3a';
const HOUR_MS = 3_600_000;
const BY = { actor: 'ada', requestId: 'r-1' };
const ONE = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });

type Seen = { [Name in RuntimeEventName]: [Name, RuntimeEvents[Name]] }[RuntimeEventName];

async function open(
  wrap: (registry: ITenantRegistry) => ITenantRegistry = (registry) => registry,
  others: Pick<RuntimeOptions, 'pool'> = {},
) {
  const clock = new ManualClock();
  const dataPlane = tursoLocal({ dir: await temporaryFolder() });
  const registry = wrap(createTenantRegistry(dataPlane.defaults.controlDatabase));
  const options: RuntimeOptions = { dataPlane, registry, clock, destroyGraceMs: HOUR_MS, ...others };
  const os = await createRuntime(options);
  onTestFinished(() => os.close());
  const seen: Seen[] = [];
  for (const name of RuntimeEventNameEnum.options)
    os.on(name, (payload) => seen.push([name, payload] as Seen));
  const namesSeen = () => seen.splice(0).map(([name]) => name);
  return { os, clock, seen, namesSeen, registry };
}

async function openTenant() {
  const runtime = await open();
  const request = { orgId: 'acme', displayName: CANARY, adminEmail: `${CANARY}@example.com` };
  const { tenantId } = await runtime.os.provisioning.provisionTenant(request, BY);
  return { ...runtime, tenantId };
}

describe('the events of a runtime', () => {
  it('tell what happens to a tenant, once, with who requested it and nothing about it', async () => {
    const { os, clock, seen, tenantId } = await openTenant();
    await os.provisioning.suspendTenant(tenantId, BY);
    await os.provisioning.suspendTenant(tenantId, BY);
    await os.provisioning.resumeTenant(tenantId, BY);
    await os.provisioning.resumeTenant(tenantId, BY);
    await os.provisioning.migrateTenantPlan(tenantId, 'pro', BY);
    await os.tenants.setSlug(tenantId, 'acme', BY);
    await os.provisioning.destroyTenant(tenantId, BY);
    clock.advance(2 * HOUR_MS);
    await os.sweep();
    const facts = seen.map(([name, payload]) => {
      const { status, previousStatus, plan, previousPlan } = TenantEventSchema.strict().parse(payload);
      return [name, previousStatus, status, previousPlan, plan];
    });
    expect(facts).toEqual([
      ['tenant.created', undefined, 'provisioning', undefined, 'free'],
      ['tenant.activated', 'provisioning', 'active', undefined, 'free'],
      ['tenant.suspended', 'active', 'suspended', undefined, 'free'],
      ['tenant.resumed', 'suspended', 'active', undefined, 'free'],
      ['tenant.plan_changed', undefined, 'active', 'free', 'pro'],
      ['tenant.names_changed', undefined, 'active', undefined, 'pro'],
      ['tenant.destroying', 'active', 'destroying', undefined, 'pro'],
      ['tenant.purged', undefined, 'destroying', undefined, 'pro'],
    ]);
    expect(seen[0]?.[1]).toMatchObject({ ...BY, tenantId, organizationId: 'acme' });
    expect(JSON.stringify(seen)).not.toContain(CANARY);
  });

  it('are the same for a tenant that gets a prepared database', async () => {
    const { os, seen, registry } = await open(undefined, { pool: { size: 1 } });
    await untilReady({ registry }, 1);
    const prepared = await registry.listPooledDatabases();
    seen.length = 0;
    const request = { orgId: 'acme', requestKey: 'signup' };
    for (let time = 0; time < 2; time++) {
      const { tenantId } = await os.provisioning.provisionTenant(request, BY);
      expect(prepared).toMatchObject([{ tenantId }]);
    }
    expect(seen).toMatchObject([
      ['tenant.created', { ...BY, status: 'provisioning' }],
      ['tenant.activated', { ...BY, status: 'active', previousStatus: 'provisioning' }],
    ]);
  });

  it('tell when deployments and rollbacks start, complete and fail', async () => {
    const { os, seen, namesSeen, tenantId } = await openTenant();
    await os.deployments.deploy(tenantId, ONE, BY);
    namesSeen();
    const seedData = [{ object: 'account', records: [{ name: CANARY, id: 'a' }] }];
    const two = bundleOf({ objects: ONE.objects, seedData }, '2.0.0');
    const { deploymentId } = await os.deployments.deploy(tenantId, two, BY);
    expect(seen.map(([name]) => name)).toEqual(['deployment.started', 'deployment.ready']);
    const ready = DeploymentEventSchema.strict().parse(seen[1]?.[1]);
    expect(ready).toMatchObject({ ...BY, tenantId, deploymentId, status: 'ready', bundleVersion: '2.0.0' });
    expect(JSON.stringify(seen)).not.toContain(CANARY);
    namesSeen();
    await os.deployments.rollbackDeployment(tenantId, deploymentId);
    expect(seen.at(-1)).toMatchObject(['deployment.ready', { rollbackOf: deploymentId }]);
    namesSeen();
    const unique = objectOf('account', { name: { type: 'text', required: true } });
    const rejected = bundleOf({
      objects: [unique],
      seedData: [{ object: 'account', records: [{ id: 'b' }, { id: 'b' }] }],
    });
    await os.deployments.deploy(tenantId, rejected).catch(() => undefined);
    expect(namesSeen().filter((name) => name.startsWith('tenant'))).toEqual([]);
  });

  it('tell which quota rejected a call', async () => {
    const { os, seen, namesSeen, tenantId } = await openTenant();
    const status = await os.tenants.get(tenantId);
    const most = status.tenant.quotas.maxObjects ?? 0;
    namesSeen();
    const objects = Array.from({ length: most + 1 }, (_, index) =>
      objectOf(`o${index}`, { a: { type: 'text' } }),
    );
    const deploying = os.deployments.deploy(tenantId, bundleOf({ objects }));
    await expect(deploying).rejects.toMatchObject({ code: 'quota_exceeded' });
    const [[name, payload] = []] = seen;
    expect(name).toBe('quota.exceeded');
    expect(QuotaExceededEventSchema.strict().parse(payload)).toMatchObject({
      tenantId,
      quota: 'maxObjects',
      limit: most,
      requested: most + 1,
    });
    expect(seen).toHaveLength(1);
  });

  it('tell which quota rejected a write of a driver, once, also in a transaction and for a seed', async () => {
    const { os, seen, namesSeen, tenantId } = await openTenant();
    await os.deployments.deploy(tenantId, ONE);
    await os.tenants.setQuotas(tenantId, { maxRecordsPerObject: 1 });
    const client = await os.router.getTenantClient(tenantId);
    const rejected = { code: 'quota_exceeded' };
    const bulk = client.bulkCreate('account', [{ name: CANARY }, { name: CANARY }]);
    namesSeen();
    await expect(bulk).rejects.toMatchObject(rejected);
    const [[name, payload] = []] = seen;
    expect([name, seen.length]).toEqual(['quota.exceeded', 1]);
    const event = QuotaExceededEventSchema.strict().parse(payload);
    expect(event).toMatchObject({ tenantId, quota: 'maxRecordsPerObject', limit: 1, usage: 0, requested: 2 });
    expect(JSON.stringify(seen)).not.toContain(CANARY);
    await client.create('account', { name: 'a' });
    namesSeen();
    const transaction = await client.beginTransaction();
    const inTransaction = client.create('account', { name: 'b' }, { transaction });
    await expect(inTransaction).rejects.toMatchObject(rejected);
    await client.rollback(transaction);
    expect(namesSeen()).toEqual(['quota.exceeded']);
    const seedData = [{ object: 'account', records: [{ id: 'b' }, { id: 'c' }] }];
    const seeding = os.deployments.deploy(tenantId, bundleOf({ objects: ONE.objects, seedData }, '2.0.0'));
    await expect(seeding).rejects.toMatchObject(rejected);
    expect(namesSeen().filter((one) => one === 'quota.exceeded')).toHaveLength(1);
  });

  it('say that provisioning failed, and that it was completed later', async () => {
    let isDown = true;
    const { os, namesSeen } = await open((registry) => ({
      ...registry,
      recordStep: async (tenantId, name, change) => {
        const isFault = isDown && name === 'claim_database' && change.status === 'completed';
        if (!isFault) return registry.recordStep(tenantId, name, change);
        throw new ObjectStackError({ code: 'database_unreachable', message: 'No.' });
      },
    }));
    const request = { orgId: 'acme', requestKey: 'k' };
    await os.provisioning.provisionTenant(request).catch(() => undefined);
    isDown = false;
    await os.provisioning.provisionTenant(request);
    expect(namesSeen()).toContain('tenant.activated');
  });

  it('are those of the change also if a listener throws or rejects', async () => {
    const { os } = await open();
    os.on('tenant.activated', () => {
      throw new Error('now');
    });
    os.on('tenant.activated', async () => {
      throw new Error('later');
    });
    expect(await os.provisioning.provisionTenant({ orgId: 'acme' })).toMatchObject({ status: 'active' });
  });

  it('have no effect on a registry that does not say what a change replaced', async () => {
    const { os, namesSeen } = await open((registry) => ({
      ...registry,
      updateTenant: async (...args) => {
        const { previous: _, ...update } = await registry.updateTenant(...args);
        return update as never;
      },
    }));
    expect(await os.provisioning.provisionTenant({ orgId: 'acme' })).toMatchObject({ status: 'active' });
    expect(namesSeen()).toEqual(['tenant.created']);
  });
});
