import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tursoLocal } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleOf, objectOf } from '../test/sample-bundles.js';
import { createRuntime } from './create-runtime.js';
import type { Runtime } from './runtime.js';

const SESSION = { id: 's', userId: 'ada', activeOrganizationId: 'acme', expiresAt: '2999-01-01T00:00:00Z' };

async function open(dir: string, settings: { createMissingRegistry?: boolean } = {}): Promise<Runtime> {
  const runtime = await createRuntime({ dataPlane: tursoLocal({ dir, ...settings }) });
  onTestFinished(() => runtime.close());
  return runtime;
}

async function deploy(runtime: Runtime, tenantId: string, fields: Record<string, object>) {
  const bundle = bundleOf({ objects: [objectOf('item', { name: { type: 'text' }, ...fields } as never)] });
  const plan = await runtime.deployments.planDeployment(tenantId, bundle);
  return runtime.deployments.executeDeployment(tenantId, plan);
}

/** A closed folder with a tenant, an object and a record. */
async function folderWithTenant() {
  const dir = join(await temporaryFolder(), 'original');
  const runtime = await open(dir);
  const result = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
  const { tenantId } = result;
  await deploy(runtime, tenantId, {});
  await (await runtime.router.getTenantClient(tenantId)).create('item', { name: 'original' });
  const context = await runtime.router.resolveTenant(SESSION);
  await runtime.close();
  return { dir, tenantId, result, context };
}

const namesIn = async (runtime: Runtime, tenantId: string) =>
  (await (await runtime.router.getTenantClient(tenantId)).find('item')).map(({ name }) => name);

/** SQLite removes these files of a closed database when its last statement is collected. */
const isLasting = (path: string) => !/-(?:shm|wal)$/.test(path);

describe('a data directory', () => {
  it('holds and reveals no path, so that its copy never leads back to it', async () => {
    const { dir, tenantId, result, context } = await folderWithTenant();
    const url = `file:tenants/t-${tenantId}.db`;
    expect(result).toMatchObject({ status: 'active', connectionUrl: url });
    expect(context.tenantDbUrl).toBe(url);
    const files = await readdir(dir, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const path = join(file.parentPath, file.name);
      const content = await (isLasting(path) ? readFile(path) : readFile(path).catch(() => Buffer.alloc(0)));
      expect(content.includes(dir)).toBe(false);
    }
    expect(files.map(({ name }) => name)).toContain('control.db');

    const copy = join(await temporaryFolder(), 'copy');
    await cp(dir, copy, { recursive: true, filter: isLasting });
    const copied = await open(copy);
    await (await copied.router.getTenantClient(tenantId)).create('item', { name: 'copy' });
    await deploy(copied, tenantId, { added: { type: 'text' } });
    expect(await namesIn(copied, tenantId)).toEqual(['original', 'copy']);
    await copied.provisioning.destroyTenant(tenantId);
    await copied.close();
    const original = await open(dir);
    expect(await (await original.router.getTenantClient(tenantId)).find('item')).toEqual([
      expect.not.objectContaining({ added: null }),
    ]);
    expect(await namesIn(original, tenantId)).toEqual(['original']);
  });

  it('begins no empty registry beside its tenants, and takes them into a new one when told to', async () => {
    const { dir, tenantId } = await folderWithTenant();
    for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `control.db${suffix}`), { force: true });
    await expect(open(dir)).rejects.toMatchObject({
      code: 'database_not_found',
      details: { databaseNames: [`t-${tenantId}`] },
    });
    expect(await readdir(dir)).not.toContain('control.db');
    const { provisioning, router, deployments } = await open(dir, { createMissingRegistry: true });
    const databaseName = `t-${tenantId}`;
    expect(await provisioning.inspectTenants()).toEqual([
      { kind: 'tenant_unknown', databaseName, markerTenantId: tenantId },
    ]);
    expect(await provisioning.adoptTenant({ databaseName, orgId: 'acme', plan: 'pro' })).toEqual({
      tenantId,
    });
    expect(await provisioning.inspectTenants()).toMatchObject([{ kind: 'deployment_unknown', tenantId }]);
    expect((await deployments.list(tenantId)).items).toMatchObject([{ status: 'ready' }]);
    expect(await provisioning.inspectTenants()).toEqual([]);
    expect(await router.resolveTenant(SESSION)).toMatchObject({ tenantId, tenantPlan: 'pro' });
    expect(await (await router.getTenantClient(tenantId)).find('item')).toMatchObject([{ name: 'original' }]);
    await expect(provisioning.adoptTenant({ databaseName, orgId: 'globex' })).rejects.toMatchObject({
      code: 'database_collision',
    });
  });
});

describe('a closed runtime', () => {
  it('refuses every call, also through an existing driver', async () => {
    const runtime = await open(await temporaryFolder());
    const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
    const driver = await runtime.router.getTenantClient(tenantId);
    await runtime.close();
    const calls = [
      () => runtime.provisioning.getTenantStatus(tenantId),
      () => runtime.provisioning.provisionTenant({ orgId: 'acme' }),
      () => runtime.router.getTenantClient(tenantId),
      () => runtime.router.resolveTenant(SESSION),
      () => runtime.deployments.planDeployment(tenantId, bundleOf({ objects: [] })),
      () => runtime.quotas.getUsage(tenantId),
      () => runtime.apps.uninstallApp(tenantId, 'app'),
      () => runtime.sweep(),
      () => driver.execute('SELECT 1'),
      () => driver.find('item'),
      () => driver.beginTransaction(),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'runtime_closed' });
    expect(await driver.checkHealth()).toBe(false);
    for (const call of [
      () => runtime.router.invalidateCache(tenantId),
      () => runtime.deployments.validateBundle(bundleOf({ objects: [] })),
    ])
      expect(call).toThrow(expect.objectContaining({ code: 'runtime_closed' }));
  });
});
