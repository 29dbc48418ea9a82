import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { activeTenant, openControlPlane } from '../../test/control-plane.js';

/** A tenant of a lost registry that was adopted into a new one. */
async function adopted() {
  const lost = await openControlPlane();
  const tenantId = await activeTenant(lost);
  const { dir, dataPlane } = lost;
  await dataPlane.close();
  for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `control.db${suffix}`), { force: true });
  const plane = await openControlPlane({ dir });
  const request = {
    orgId: 'acme',
    databaseName: `t-${tenantId}`,
    displayName: 'Acme',
    adminEmail: 'ann@example.com',
    metadata: { tier: 'gold' },
  };
  expect(await plane.provisioning.adoptTenant(request)).toEqual({ tenantId });
  return { ...plane, tenantId, request };
}

describe('adoptTenant', () => {
  it('answers a repetition with the tenant as it stands, and changes nothing', async () => {
    const { provisioning, registry, tenantId, request } = await adopted();
    await provisioning.suspendTenant(tenantId);
    await provisioning.migrateTenantPlan(tenantId, 'pro');
    const before = await registry.listAllTenants();
    expect(await provisioning.adoptTenant(request)).toEqual({ tenantId });
    const again = { ...request, plan: 'free', region: 'us-east' } as const;
    expect(await provisioning.adoptTenant(again)).toEqual({ tenantId });
    expect(await registry.listAllTenants()).toEqual(before);
    expect(before).toMatchObject([{ tenant: { provisioningStatus: 'suspended', plan: 'pro' } }]);
  });

  it('adopts once for concurrent calls', async () => {
    const { provisioning, registry, dataPlane, dir, clock } = await openControlPlane();
    const { url } = await dataPlane.platform.createDatabase({ name: 'found' });
    await dataPlane.claimDatabase({ url, databaseName: 'found' }, 'first');
    const other = await openControlPlane({ dir, clock });
    const request = { orgId: 'acme', databaseName: 'found' };
    const calls = [provisioning, other.provisioning, provisioning].map((one) => one.adoptTenant(request));
    expect(await Promise.all(calls)).toEqual(calls.map(() => ({ tenantId: 'first' })));
    expect(await registry.listAllTenants()).toHaveLength(1);
  });

  it.each([
    ['organization', { orgId: 'globex' }],
    ['plan', { plan: 'pro' }],
    ['region', { region: 'eu-west' }],
    ['name', { displayName: 'Globex' }],
    ['contact', { adminEmail: 'bob@example.com' }],
    ['labels', { metadata: { tier: 'silver' } }],
  ] as const)('refuses an adopted tenant with another %s', async (_what, change) => {
    const { provisioning, registry, request } = await adopted();
    const before = await registry.listAllTenants();
    await expect(provisioning.adoptTenant({ ...request, ...change })).rejects.toMatchObject({
      code: 'database_collision',
    });
    expect(await registry.listAllTenants()).toEqual(before);
  });

  it('refuses a copy of the database under another name', async () => {
    const { dir, request, dataPlane } = await adopted();
    await dataPlane.close();
    await cp(join(dir, `tenants/${request.databaseName}.db`), join(dir, 'tenants/copy.db'));
    const plane = await openControlPlane({ dir });
    await expect(plane.provisioning.adoptTenant({ ...request, databaseName: 'copy' })).rejects.toMatchObject({
      code: 'database_collision',
    });
  });

  it('refuses a provisioned tenant, and one that was destroyed since', async () => {
    const plane = await adopted();
    const { provisioning, dir, request, tenantId, clock } = plane;
    const provisioned = await activeTenant(plane);
    await expect(
      provisioning.adoptTenant({ orgId: 'acme', databaseName: `t-${provisioned}` }),
    ).rejects.toMatchObject({ code: 'database_collision' });
    const file = join(dir, `tenants/${request.databaseName}.db`);
    await cp(file, join(dir, 'kept'));
    await provisioning.destroyTenant(tenantId);
    await cp(join(dir, 'kept'), file);
    await expect(provisioning.adoptTenant(request)).rejects.toMatchObject({ code: 'database_collision' });
    clock.advance(10_000_000);
    await provisioning.sweep();
    await cp(join(dir, 'kept'), file);
    await expect(provisioning.adoptTenant(request)).rejects.toMatchObject({ code: 'database_collision' });
  });

  it.each(['orgId', 'displayName'])('refuses text in %s that cannot be stored', async (name) => {
    const { provisioning, registry, request } = await adopted();
    await expect(provisioning.adoptTenant({ ...request, [name]: 'a\0b' })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path: `/${name}`, code: 'not_storable' }] },
    });
    expect(await registry.listAllTenants()).toHaveLength(1);
  });
});
