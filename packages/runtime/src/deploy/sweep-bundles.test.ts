import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tursoLocal } from '@objectstack/driver-turso';
import type { IBundleStore } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { createFileBundleStore } from '../bundle/create-file-bundle-store.js';
import { createRuntime } from '../create-runtime.js';
import type { Runtime } from '../runtime.js';
import type { RuntimeOptions } from '../runtime-options.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const BUNDLE = bundleOf({ objects: [objectOf('note', { body: { type: 'text' } })] });
const OTHER = bundleOf({ objects: [objectOf('task', { body: { type: 'text' } })] }, '2.0.0');
const BOTH = bundleOf({ objects: [...(BUNDLE.objects ?? []), ...(OTHER.objects ?? [])] }, '3.0.0');
const NOTHING = { removed: [], blockedBy: [] };

interface Settings extends Pick<RuntimeOptions, 'bundleGraceDays'> {
  readonly dir?: string;
  readonly clock?: ManualClock;
  /** Replaces methods of the bundle store. */
  readonly change?: (bundles: IBundleStore) => Partial<IBundleStore>;
}

async function open({ dir: folder, clock = new ManualClock(), change, ...settings }: Settings = {}) {
  const dir = folder ?? (await temporaryFolder());
  const stored = createFileBundleStore(join(dir, 'bundles'), { clock });
  const bundles: IBundleStore = {
    put: (...args) => stored.put(...args),
    get: (...args) => stored.get(...args),
    listUnused: (...args) => stored.listUnused(...args),
    removeUnused: (...args) => stored.removeUnused(...args),
    ...change?.(stored),
  };
  const dataPlane = tursoLocal({ dir, createMissingRegistry: true });
  const runtime = await createRuntime({ dataPlane, bundles, clock, ...settings });
  onTestFinished(() => runtime.close());
  return { dir, clock, bundles, runtime };
}

async function withTenant(settings: Settings = {}) {
  const opened = await open(settings);
  const { tenantId } = await opened.runtime.provisioning.provisionTenant({ orgId: 'acme' });
  return { ...opened, tenantId };
}

const plan = ({ deployments }: Runtime, tenantId: string, bundle = OTHER) =>
  deployments.planDeployment(tenantId, bundle);

async function deploy(runtime: Runtime, tenantId: string, bundle = BUNDLE) {
  const result = await runtime.deployments.deploy(tenantId, bundle);
  expect(result.status).toBe('ready');
  return result;
}

const isStored = (bundles: IBundleStore, checksum: string) =>
  bundles.get(checksum).then(
    () => true,
    () => false,
  );

describe('sweepBundles', () => {
  it('removes a bundle that was only planned, after the grace period', async () => {
    const { runtime, tenantId, clock, bundles } = await withTenant();
    const { bundleChecksum } = await deploy(runtime, tenantId);
    const planned = await plan(runtime, tenantId);
    clock.advance(30 * DAY_MS);
    expect((await runtime.sweep()).bundles).toEqual(NOTHING);
    clock.advance(2 * DAY_MS);
    expect((await runtime.sweep()).bundles).toEqual({ ...NOTHING, removed: [planned.bundleChecksum] });
    await expect(runtime.deployments.executeDeployment(tenantId, planned)).rejects.toMatchObject({
      code: 'bundle_not_found',
    });
    expect(await isStored(bundles, bundleChecksum)).toBe(true);
    expect((await runtime.sweep()).bundles).toEqual(NOTHING);
  });

  it('keeps the bundles of deployments that were superseded or rolled back', async () => {
    const { runtime, tenantId, clock, bundles } = await withTenant({ bundleGraceDays: 1 });
    const first = await deploy(runtime, tenantId);
    const second = await deploy(runtime, tenantId, BOTH);
    await runtime.deployments.rollbackDeployment(tenantId, second.deploymentId);
    clock.advance(100 * DAY_MS);
    expect((await runtime.sweep()).bundles).toEqual(NOTHING);
    for (const { bundleChecksum } of [first, second])
      expect(await isStored(bundles, bundleChecksum)).toBe(true);
  });

  it('removes the bundles of a tenant after its destruction, unless another tenant uses them', async () => {
    const { runtime, tenantId, clock } = await withTenant();
    const other = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
    await deploy(runtime, other.tenantId);
    await deploy(runtime, tenantId);
    const own = await deploy(runtime, tenantId, BOTH);
    await runtime.provisioning.destroyTenant(tenantId);
    clock.advance(40 * DAY_MS);
    const { purged, bundles } = await runtime.sweep();
    expect({ purged, bundles }).toEqual({
      purged: [tenantId],
      bundles: { ...NOTHING, removed: [own.bundleChecksum] },
    });
  });

  it('keeps a bundle that was planned again', async () => {
    const { runtime, tenantId, clock } = await withTenant();
    await plan(runtime, tenantId);
    clock.advance(40 * DAY_MS);
    await plan(runtime, tenantId);
    expect((await runtime.sweep()).bundles).toEqual(NOTHING);
  });

  it('keeps a bundle whose deployment starts while the sweep runs', async () => {
    const during: (() => Promise<unknown>)[] = [];
    const { runtime, tenantId, clock } = await withTenant({
      change: (stored) => ({
        removeUnused: async (...args) => {
          await during.shift()?.();
          return stored.removeUnused(...args);
        },
      }),
    });
    const planned = await plan(runtime, tenantId);
    clock.advance(40 * DAY_MS);
    during.push(() => runtime.deployments.executeDeployment(tenantId, planned));
    expect((await runtime.sweep()).bundles).toEqual(NOTHING);
    expect(during).toEqual([]);
    expect(await runtime.deployments.latest(tenantId)).toMatchObject({ status: 'ready' });
    clock.advance(40 * DAY_MS);
    expect((await runtime.sweep()).bundles).toEqual(NOTHING);
  });

  it('removes nothing while a lost registry lacks tenants or their deployments', async () => {
    const { dir, runtime, tenantId, clock } = await withTenant();
    const { bundleChecksum } = await deploy(runtime, tenantId);
    await plan(runtime, tenantId);
    await runtime.close();
    for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `control.db${suffix}`), { force: true });
    const again = await open({ dir, clock });
    clock.advance(40 * DAY_MS);
    const databaseName = `t-${tenantId}`;
    const sweep = async () => (await again.runtime.sweep()).bundles;
    expect(await sweep()).toEqual({
      removed: [],
      blockedBy: [{ kind: 'tenant_unknown', databaseName, markerTenantId: tenantId }],
    });
    await again.runtime.provisioning.adoptTenant({ orgId: 'acme', databaseName });
    expect(await sweep()).toMatchObject({ removed: [], blockedBy: [{ kind: 'deployment_unknown' }] });
    await again.runtime.deployments.list(tenantId);
    const { removed, blockedBy } = await sweep();
    expect({ count: removed.length, blockedBy }).toEqual({ count: 1, blockedBy: [] });
    expect(await isStored(again.bundles, bundleChecksum)).toBe(true);
  });

  it('removes nothing while a database cannot be read', async () => {
    const { dir, runtime, tenantId, clock } = await withTenant();
    await plan(runtime, tenantId);
    await writeFile(join(dir, 'tenants', 'broken.db'), 'not a database'.repeat(1_000));
    clock.advance(40 * DAY_MS);
    expect((await runtime.sweep()).bundles).toMatchObject({
      removed: [],
      blockedBy: [{ kind: 'database_unreadable', databaseName: 'broken', errorCode: 'database_invalid' }],
    });
  });

  it('reports the error of the store, and what it removed before', async () => {
    let left = 1;
    const { clock, bundles, runtime } = await open({
      change: (stored) => ({
        removeUnused: async (...args) => {
          if (left-- > 0) return stored.removeUnused(...args);
          throw new ObjectStackError({ code: 'bundle_store_unavailable', message: 'It is down.' });
        },
      }),
    });
    const stored = [await bundles.put(new Uint8Array([1])), await bundles.put(new Uint8Array([2]))].sort();
    clock.advance(40 * DAY_MS);
    expect((await runtime.sweep()).bundles).toEqual({
      removed: [stored[0]],
      blockedBy: [],
      errorCode: 'bundle_store_unavailable',
    });
  });

  it('removes bundles of any number of pages', async () => {
    const { clock, bundles, runtime } = await open();
    const contents = Array.from({ length: 250 }, (_, index) => new TextEncoder().encode(`${index}`));
    for (const content of contents) await bundles.put(content);
    clock.advance(40 * DAY_MS);
    const checksums = contents.map((content) => createHash('sha256').update(content).digest('hex'));
    expect((await runtime.sweep()).bundles).toEqual({ ...NOTHING, removed: checksums.sort() });
  });

  it('removes nothing if bundleGraceDays is null', async () => {
    const { clock, bundles, runtime } = await open({ bundleGraceDays: null });
    const checksum = await bundles.put(new Uint8Array([1]));
    clock.advance(10_000 * DAY_MS);
    expect((await runtime.sweep()).bundles).toEqual(NOTHING);
    expect(await isStored(bundles, checksum)).toBe(true);
  });

  it.each([0, -1, 0.5, Number.NaN, '30'])('rejects bundleGraceDays = %j', async (bundleGraceDays) => {
    await expect(open({ bundleGraceDays: bundleGraceDays as number })).rejects.toMatchObject({
      code: 'configuration_invalid',
      details: { settings: ['bundleGraceDays'] },
    });
  });
});
