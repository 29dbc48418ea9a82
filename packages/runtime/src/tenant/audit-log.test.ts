import { describe, expect, it } from 'vitest';
import { deploy, openDeployPlane } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { createTenantService } from './create-tenant-service.js';

const DAY_MS = 24 * 3_600_000;
const CANARY = 'canary-7f3a';

async function open() {
  const plane = await openDeployPlane();
  const tenants = createTenantService({ ...plane, slugReservationMs: DAY_MS });
  const by = { actor: 'ada', requestId: 'r-1' };
  const request = { orgId: 'acme', displayName: CANARY, adminEmail: `${CANARY}@example.com` };
  const { tenantId } = await plane.provisioning.provisionTenant(request, by);
  return { ...plane, tenants, tenantId };
}

const summary = ({ items }: { items: readonly object[] }) =>
  items
    .toReversed()
    .map((item) => item as Record<string, unknown>)
    .map(({ action, before, after, actor, requestId }) => [action, before, after, actor, requestId]);

describe('the audit log of a tenant', () => {
  it('has an entry for each change of the tenant and who requested it, also after its destruction', async () => {
    const { tenants, provisioning, tenantId, clock } = await open();
    await provisioning.suspendTenant(tenantId, { actor: 'bob' });
    await provisioning.suspendTenant(tenantId, { actor: 'eve' });
    await provisioning.resumeTenant(tenantId, { requestId: 'r-2' });
    await provisioning.migrateTenantPlan(tenantId, 'pro', { actor: 'bob' });
    await provisioning.destroyTenant(tenantId, { actor: 'carol', requestId: 'r-3' });
    clock.advance(30 * DAY_MS);
    await provisioning.sweep();
    await expect(tenants.get(tenantId)).rejects.toMatchObject({ code: 'tenant_not_found' });
    const page = await tenants.audit(tenantId);
    expect(summary(page)).toEqual([
      ['create_tenant', undefined, 'provisioning', 'ada', 'r-1'],
      ['change_tenant_status', 'provisioning', 'active', 'ada', 'r-1'],
      ['change_tenant_status', 'active', 'suspended', 'bob', undefined],
      ['change_tenant_status', 'suspended', 'active', undefined, 'r-2'],
      ['change_tenant_plan', 'free', 'pro', 'bob', undefined],
      ['change_tenant_status', 'active', 'destroying', 'carol', 'r-3'],
      ['purge_tenant', 'destroying', undefined, undefined, undefined],
    ]);
    expect(page.items[0]?.at).toBe(clock.now().toISOString());
  });

  it('records deployments and rollbacks with their actors, and no value of a request or record', async () => {
    const { tenants, deployments, tenantId } = await open();
    const seed = (value: string) => [{ object: 'account', records: [{ name: value }] }];
    const account = objectOf('account', { name: { type: 'text' } });
    const plane = { deployments, tenantId };
    await deploy(plane, bundleOf({ objects: [account] }), { actor: 'ada' });
    const { deploymentId } = await deploy(
      plane,
      bundleOf({ objects: [account], seedData: seed(CANARY) }, '2.0.0'),
      { actor: 'bob', requestId: 'r-2' },
    );
    await deployments.rollbackDeployment(tenantId, deploymentId, { actor: 'carol' });
    const page = await tenants.audit(tenantId, { limit: 200 });
    const ofDeployments = page.items.filter(({ action }) => action === 'change_deployment');
    expect(ofDeployments.filter(({ after }) => after === 'ready').map(({ actor }) => actor)).toEqual([
      'carol',
      'bob',
      'ada',
    ]);
    expect(ofDeployments.every(({ actor }) => actor !== undefined)).toBe(true);
    expect(ofDeployments.map((entry) => entry.deploymentId)).toContain(deploymentId);
    expect(JSON.stringify(page)).not.toContain(CANARY);
  });

  it('is read in pages, and rejects unknown tenants and cursors', async () => {
    const { tenants, provisioning, tenantId } = await open();
    await provisioning.suspendTenant(tenantId);
    const found: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await tenants.audit(tenantId, { limit: 1, ...(cursor && { cursor }) });
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(found).toEqual((await tenants.audit(tenantId)).items);
    expect(found).toHaveLength(3);
    for (const id of ['unknown', '', 7])
      await expect(tenants.audit(id as string)).rejects.toMatchObject({ code: 'tenant_not_found' });
    const wrong = Buffer.from(JSON.stringify(['2026-01-01T00:00:00.000Z', 'x'])).toString('base64url');
    for (const one of ['nonsense', wrong])
      await expect(tenants.audit(tenantId, { cursor: one })).rejects.toMatchObject({
        code: 'invalid_request',
      });
  });

  it('has no entry of a call whose actor or request id cannot be stored', async () => {
    const { tenants, provisioning, tenantId } = await open();
    for (const wrong of [{ actor: 'a\u0000' }, { requestId: 'x'.repeat(256) }, { actor: 7 as never }])
      await expect(provisioning.suspendTenant(tenantId, wrong)).rejects.toMatchObject({
        code: 'invalid_request',
      });
    expect((await tenants.audit(tenantId)).items).toHaveLength(2);
  });
});
