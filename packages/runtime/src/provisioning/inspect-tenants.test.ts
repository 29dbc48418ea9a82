import { cp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { activeTenant, openControlPlane } from '../../test/control-plane.js';

async function openFolder() {
  const plane = await openControlPlane();
  const ids = [await activeTenant(plane), await activeTenant(plane), await activeTenant(plane)].sort();
  const [first = '', second = '', third = ''] = ids;
  await plane.dataPlane.close();
  const fileOf = (id: string) => join(plane.dir, 'tenants', `t-${id}.db`);
  return { ...plane, first, second, third, fileOf };
}

describe('inspectTenants', () => {
  it('finds nothing if registry and databases agree', async () => {
    const { provisioning, first } = await openFolder();
    await provisioning.suspendTenant(first);
    expect(await provisioning.inspectTenants()).toEqual([]);
  });

  it('reports a database that does not accept writes although its tenant is active', async () => {
    const plane = await openControlPlane();
    const tenantId = await activeTenant(plane);
    const databaseName = `t-${tenantId}`;
    await plane.dataPlane.platform.setDatabaseAccess(databaseName, { blockReads: false, blockWrites: true });
    const found = { kind: 'database_unreadable', databaseName, tenantId, errorCode: 'database_blocked' };
    expect(await plane.provisioning.inspectTenants()).toEqual([found]);
    await plane.provisioning.resumeTenant(tenantId);
    expect(await plane.provisioning.inspectTenants()).toEqual([]);
  });

  it('reports each kind of discrepancy with the tenant of the registry and of the marker', async () => {
    const { provisioning, dir, first, second, third, fileOf } = await openFolder();
    await rm(fileOf(first));
    await cp(fileOf(third), fileOf(second));
    await cp(fileOf(third), join(dir, 'tenants', 'other.db'));
    await writeFile(join(dir, 'tenants', 'empty.db'), '');
    await writeFile(join(dir, 'tenants', 'garbage.db'), 'garbage '.repeat(1_000));
    await symlink(fileOf(third), join(dir, 'tenants', 'link.db'));
    expect(await provisioning.inspectTenants()).toEqual([
      { kind: 'marker_missing', databaseName: 'empty' },
      { kind: 'database_unreadable', databaseName: 'garbage', errorCode: 'database_invalid' },
      { kind: 'database_unreadable', databaseName: 'link', errorCode: 'database_invalid' },
      { kind: 'tenant_unknown', databaseName: 'other', markerTenantId: third },
      { kind: 'database_missing', databaseName: `t-${first}`, tenantId: first },
      { kind: 'marker_mismatch', databaseName: `t-${second}`, tenantId: second, markerTenantId: third },
    ]);
    await expect(provisioning.getTenantStatus(first)).rejects.toMatchObject({
      code: 'database_not_found',
      details: { tenantId: first, status: 'active' },
    });
    for (const databaseName of ['empty', 'other', `t-${second}`])
      await expect(provisioning.adoptTenant({ databaseName, orgId: 'acme' })).rejects.toMatchObject({
        code: 'database_collision',
      });
    await expect(provisioning.adoptTenant({ databaseName: 'none', orgId: 'acme' })).rejects.toMatchObject({
      code: 'database_not_found',
    });
  });

  it('reports a reappeared database of a destroyed tenant', async () => {
    const { provisioning, clock, first, fileOf, dir } = await openFolder();
    await cp(fileOf(first), join(dir, 'kept'));
    await provisioning.destroyTenant(first);
    clock.advance(10_000_000);
    await provisioning.sweep();
    await cp(join(dir, 'kept'), fileOf(first));
    expect(await provisioning.inspectTenants()).toEqual([
      { kind: 'database_leftover', databaseName: `t-${first}`, tenantId: first, markerTenantId: first },
    ]);
  });
});

describe('getTenantClient', () => {
  it("rejects another tenant's database under the name of the tenant's own", async () => {
    const { router, first, second, fileOf } = await openFolder();
    await cp(fileOf(second), fileOf(first));
    await expect(router.getTenantClient(first)).rejects.toMatchObject({
      code: 'database_invalid',
      details: { expectedTenantId: first },
    });
  });
});
