import { cp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { activeTenant, openControlPlane } from '../../test/control-plane.js';

const REQUEST = { orgId: 'acme', requestKey: 'signup-1' } as const;

/** A closed tenant, and the file of another tenant. */
async function openTenant(status: 'active' | 'suspended') {
  const plane = await openControlPlane();
  const { tenantId } = await plane.provisioning.provisionTenant(REQUEST);
  if (status === 'suspended') await plane.provisioning.suspendTenant(tenantId);
  const otherId = await activeTenant(plane);
  await plane.dataPlane.close();
  const fileOf = (id: string) => join(plane.dir, 'tenants', `t-${id}.db`);
  return { ...plane, tenantId, file: fileOf(tenantId), other: fileOf(otherId), otherId };
}

/** Replaces a database file without its log, whose content would be applied to the new file. */
async function remove(file: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
}

const DAMAGES = {
  'the database of another tenant': (file: string, other: string) => cp(other, file),
  'an empty file': (file: string) => writeFile(file, ''),
  'a file that is no database': (file: string) => writeFile(file, 'garbage '.repeat(1_000)),
  'a link to the database of another tenant': (file: string, other: string) => symlink(other, file),
};
const CASES = (['active', 'suspended'] as const).flatMap((status) =>
  Object.entries(DAMAGES).map(([found, damage]) => ({ status, found, damage })),
);

describe('getTenantStatus, provisionTenant', () => {
  it.each(CASES)('do not report a tenant as $status that has $found', async ({ status, damage }) => {
    const { provisioning, tenantId, file, other, otherId } = await openTenant(status);
    await remove(file);
    await damage(file, other);
    for (const call of [
      () => provisioning.getTenantStatus(tenantId),
      () => provisioning.provisionTenant(REQUEST),
    ]) {
      const error = await call().catch((refused) => refused);
      expect(error).toMatchObject({ code: 'database_invalid' });
      expect(JSON.stringify(error)).not.toContain(otherId);
    }
    expect(await provisioning.getTenantStatus(otherId)).toBe('active');
  });

  it.each([
    ['tenant_mismatch', 'the database of another tenant'],
    ['tenant_missing', 'an empty file'],
    ['unreadable', 'a file that is no database'],
  ] as const)('name the tenant and report that its database is %s', async (reason, found) => {
    const { provisioning, tenantId, file, other } = await openTenant('active');
    await remove(file);
    await DAMAGES[found](file, other);
    await expect(provisioning.getTenantStatus(tenantId)).rejects.toMatchObject({
      details: { reason, tenantId, status: 'active', databaseName: `t-${tenantId}` },
    });
  });

  it('report a destroyed tenant as destroying, whatever its database is', async () => {
    const { provisioning, tenantId, file, other } = await openTenant('active');
    await provisioning.destroyTenant(tenantId);
    await cp(other, file);
    expect(await provisioning.getTenantStatus(tenantId)).toBe('destroying');
  });
});
