import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tursoLocal } from '@objectstack/driver-turso';
import type { DataPlane } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { temporaryFolder, withResolvers } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { ManualClock } from '../test/manual-clock.js';
import { createFileBundleStore } from './bundle/create-file-bundle-store.js';
import { createRuntime } from './create-runtime.js';
import { createTenantRegistry } from './registry/create-tenant-registry.js';
import type { Runtime } from './runtime.js';
import type { RuntimeOptions } from './runtime-options.js';

const SESSION = {
  id: 'session',
  userId: 'ada',
  activeOrganizationId: 'acme',
  expiresAt: '2999-01-01T00:00:00Z',
};

async function open(
  options: Omit<RuntimeOptions, 'dataPlane' | 'registry' | 'bundles'> = {},
  folder?: string,
) {
  const dir = folder ?? (await temporaryFolder());
  const runtime = await createRuntime({ dataPlane: tursoLocal({ dir }), ...options });
  onTestFinished(() => runtime.close());
  return { dir, runtime };
}

/** A data plane without defaults for the other parts. */
function bare(dir: string): { dataPlane: DataPlane; embedded: ReturnType<typeof tursoLocal> } {
  const { defaults, ...dataPlane } = tursoLocal({ dir });
  return { dataPlane, embedded: { ...dataPlane, defaults } };
}

async function note(runtime: Runtime, tenantId: string, body: string) {
  const client = await runtime.router.getTenantClient(tenantId);
  return client.create('note', { body });
}

const BUNDLE = {
  manifest: { version: '1.0.0' },
  objects: [{ name: 'note', fields: { body: { type: 'text', required: true } } }],
} as const;

describe('createRuntime', () => {
  it('provisions tenants from templates, and passes only a region that the request names', async () => {
    const dir = await temporaryFolder();
    const { platform, ...dataPlane } = tursoLocal({ dir });
    const regions: unknown[] = [];
    const recording = Object.create(platform, {
      createDatabase: {
        value: (...[request, options]: Parameters<typeof platform.createDatabase>) => {
          regions.push(request.region);
          return platform.createDatabase(request, options);
        },
      },
    });
    const templates = { notes: { ...BUNDLE, objects: [...BUNDLE.objects] } };
    const runtime = await createRuntime({ dataPlane: { ...dataPlane, platform: recording }, templates });
    onTestFinished(() => runtime.close());
    const request = { orgId: 'acme', templateName: 'notes' } as const;
    const { tenantId } = await runtime.provisioning.provisionTenant(request);
    await note(runtime, tenantId, 'hello');
    await runtime.provisioning.provisionTenant({ orgId: 'acme', region: 'eu-west' });
    expect(regions).toEqual([undefined, undefined, 'eu-west']);
    expect(await runtime.sweep()).toMatchObject({ removedTemplates: [], problems: [] });
    expect((await runtime.tenants.audit(tenantId)).items).toHaveLength(3);
  });

  it('rejects templates that are not bundles, and those of a data plane that cannot copy databases', async () => {
    const { platform, ...dataPlane } = tursoLocal({ dir: await temporaryFolder() });
    onTestFinished(() => dataPlane.close());
    const supports = { ...platform.supports, seed: false };
    const without = { ...dataPlane, platform: Object.create(platform, { supports: { value: supports } }) };
    const templates = { notes: { ...BUNDLE, objects: [...BUNDLE.objects] } };
    await expect(createRuntime({ dataPlane: without, templates })).rejects.toMatchObject({
      code: 'configuration_invalid',
      details: { settings: ['templates'] },
    });
    const wrong = { notes: { manifest: { version: 'x' } } };
    await expect(createRuntime({ dataPlane: without, templates: wrong })).rejects.toMatchObject({
      code: 'configuration_invalid',
      details: { settings: ['templates.notes'] },
    });
  });

  it('is complete with an embedded data plane: register, deploy, write, read', async () => {
    const { runtime, dir } = await open();
    const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
    const bundle = { ...BUNDLE, objects: [...BUNDLE.objects] };
    const plan = await runtime.deployments.planDeployment(tenantId, bundle);
    const client = await runtime.router.getTenantClient(tenantId);
    expect(await runtime.deployments.executeDeployment(tenantId, plan)).toMatchObject({ status: 'ready' });
    const { id } = await note(runtime, tenantId, 'hello');
    await runtime.close();

    const { runtime: second } = await open({}, dir);
    expect((await second.router.resolveTenant(SESSION)).tenantId).toBe(tenantId);
    const again = await second.router.getTenantClient(tenantId);
    expect(await again.findOne('note')).toMatchObject({ id, body: 'hello' });
    expect(client.name).toBe(again.name);
  });

  it('applies its settings', async () => {
    const clock = new ManualClock();
    const { runtime, dir } = await open({ mode: 'test', clock, destroyGraceMs: 1_000, ttlMs: 10 });
    const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
    const startTime = clock.now().getTime();
    expect(await runtime.router.resolveTenant(SESSION)).toMatchObject({
      mode: 'test',
      version: manifest.version,
      startTime,
    });
    await runtime.provisioning.destroyTenant(tenantId);
    const file = join(dir, 'tenants', `t-${tenantId}.db`);
    expect(existsSync(file)).toBe(true);
    clock.advance(1_001);
    expect((await runtime.sweep()).purged).toEqual([tenantId]);
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    [{ pool: { size: 0 } }, 'pool.size'],
    [{ pool: { size: 1, template: 'unknown' } }, 'pool.template'],
    [{ pool: { size: 1 }, lifecycle: { onTenantCreate: { autoCreate: false } } }, 'pool'],
    [{ lifecycle: { onTenantCreate: { seedData: true } } }, 'lifecycle.onTenantCreate.seedData'],
    [
      { lifecycle: { onTenantDelete: { gracePeriodHours: -1 } } },
      'lifecycle.onTenantDelete.gracePeriodHours',
    ],
  ])('rejects the settings %o, and names %s', async (settings, name) => {
    const dataPlane = tursoLocal({ dir: await temporaryFolder() });
    onTestFinished(() => dataPlane.close());
    await expect(createRuntime({ dataPlane, ...settings })).rejects.toMatchObject({
      code: 'configuration_invalid',
      details: { settings: expect.arrayContaining([name]) },
    });
  });

  it('sweeps periodically once it is started, in one process at a time, until it is closed', async () => {
    const clock = new ManualClock();
    const { runtime, dir } = await open({ clock, destroyGraceMs: 1_000, sweepIntervalMs: 1_000 });
    const other = await createRuntime({ dataPlane: tursoLocal({ dir }), clock, sweepIntervalMs: 1_000 });
    onTestFinished(() => other.close());
    const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
    await runtime.provisioning.destroyTenant(tenantId);
    clock.advance(1_001);
    runtime.start();
    other.start();
    const isPurged = async () =>
      runtime.provisioning.getTenantStatus(tenantId).then(
        () => false,
        ({ code }) => code === 'tenant_not_found',
      );
    await expect.poll(isPurged, { timeout: 30_000 }).toBe(true);
    await runtime.close();
    expect(() => runtime.start()).toThrow(expect.objectContaining({ code: 'runtime_closed' }));
  });

  it.each(['listOverdue', 'takeWorkLease'])('logs a periodic sweep that fails in %s', async (method) => {
    const dataPlane = tursoLocal({ dir: await temporaryFolder() });
    const down = new ObjectStackError({ code: 'database_unreachable', message: 'Down.' });
    const fail = () => Promise.reject(down);
    const registry = { ...createTenantRegistry(dataPlane.defaults.controlDatabase), [method]: fail };
    const failed: unknown[] = [];
    const note = (fields: object) => void failed.push(fields);
    const quiet = () => undefined;
    const logger = { debug: quiet, info: quiet, warn: note, error: note };
    const runtime = await createRuntime({ dataPlane, registry, logger, sweepIntervalMs: 1_000 });
    onTestFinished(() => runtime.close());
    runtime.start();
    const isLogged = () => JSON.stringify(failed).includes('"method":"sweep"');
    await expect.poll(isLogged, { timeout: 30_000 }).toBe(true);
  });

  it('ends a call that waits for a platform that never answers when it is closed', async () => {
    const dir = await temporaryFolder();
    const local = tursoLocal({ dir });
    const reached = withResolvers<void>();
    const createDatabase = () => {
      reached.resolve();
      return new Promise<never>(() => undefined);
    };
    const dataPlane = { ...local, platform: { ...local.platform, createDatabase } };
    const runtime = await createRuntime({ dataPlane, closeTimeoutMs: 10 });
    const call = runtime.provisioning.provisionTenant({ orgId: 'acme' });
    const rejected = expect(call).rejects.toMatchObject({ code: 'runtime_closed' });
    await reached.promise;
    await runtime.close();
    await rejected;
  });

  it('accepts a data plane without defaults if the other parts are given', async () => {
    const dir = await temporaryFolder();
    const { dataPlane, embedded } = bare(dir);
    const registry = createTenantRegistry(embedded.defaults.controlDatabase);
    const bundles = createFileBundleStore(join(dir, 'elsewhere'));
    const runtime = await createRuntime({ dataPlane, registry, bundles });
    onTestFinished(() => runtime.close());
    expect((await runtime.provisioning.provisionTenant({ orgId: 'acme' })).status).toBe('active');
  });

  it('lists missing parts, and does not compile without them', async () => {
    const { dataPlane, embedded } = bare(await temporaryFolder());
    onTestFinished(() => embedded.close());
    // @ts-expect-error a data plane without defaults requires a registry and a bundle store
    await expect(createRuntime({ dataPlane })).rejects.toMatchObject({
      code: 'configuration_incomplete',
      details: { missing: ['registry', 'bundles'] },
    });
    for (const options of [undefined, null])
      await expect(createRuntime(options as never)).rejects.toMatchObject({
        code: 'configuration_incomplete',
      });
    // @ts-expect-error a runtime requires a data plane
    await expect(createRuntime({})).rejects.toMatchObject({
      details: { missing: ['dataPlane', 'registry', 'bundles'] },
    });
  });

  it.each([
    { mode: 'turbo' },
    { ttlMs: -1 },
    { destroyGraceMs: 0.5 },
    { environment: 'staging' },
    { retentionDays: -1 },
    { retentionDays: Number.NaN },
    { retentionDays: 36_526 },
    { sweepIntervalMs: 10 },
  ])('rejects the settings %o', async (settings) => {
    const { embedded } = bare(await temporaryFolder());
    onTestFinished(() => embedded.close());
    await expect(createRuntime({ dataPlane: embedded, ...settings } as never)).rejects.toMatchObject({
      code: 'configuration_invalid',
      details: { settings: Object.keys(settings) },
    });
  });

  it.each([['text'], [7], [[]]])('rejects %j instead of options', async (options) => {
    await expect(createRuntime(options as never)).rejects.toMatchObject({ code: 'configuration_invalid' });
  });

  it.each(['dataPlane', 'registry', 'bundles', 'clock'])('rejects a %s without its methods', async (part) => {
    const { embedded } = bare(await temporaryFolder());
    onTestFinished(() => embedded.close());
    for (const value of [null, 7, {}])
      await expect(createRuntime({ dataPlane: embedded, [part]: value } as never)).rejects.toMatchObject({
        code: 'configuration_invalid',
        details: { settings: [part] },
      });
  });

  it('closes once, and closes the given parts if it cannot start', async () => {
    const { runtime } = await open();
    await Promise.all([runtime.close(), runtime.close()]);
    await runtime.close();

    const { embedded } = bare(await temporaryFolder());
    let closed = 0;
    const close = async () => {
      closed++;
      await embedded.close();
    };
    const registry = createTenantRegistry(embedded.defaults.controlDatabase);
    const broken = { ...registry, initialize: () => Promise.reject(new Error('No disk.')) };
    await expect(createRuntime({ dataPlane: { ...embedded, close }, registry: broken })).rejects.toThrow(
      'No disk.',
    );
    expect(closed).toBe(1);
  });
});
