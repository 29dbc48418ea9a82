import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createServerDatabaseStore, libsqlServer, openLocalDatabase } from '@objectstack/driver-turso';
import type { SealedSecret } from '@objectstack/spec/shared';
import { KeyRotationSchema } from '@objectstack/spec/system';
import { startSqld, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createFileBundleStore,
  createRuntime,
  createSecretSealer,
  createTenantRegistry,
  type SecretKey,
} from '../src/index.js';

const OLD = { id: '2025', key: randomBytes(32) };
const NEW = { id: '2026', key: randomBytes(32) };
type Keys = readonly [SecretKey, ...SecretKey[]];

/** Processes with different keys that share a server, its records and the registry. */
async function openWorld() {
  const server = await startSqld();
  const dir = await temporaryFolder();
  const database = openLocalDatabase({ path: join(dir, 'servers.db') });
  const store = createServerDatabaseStore(database);
  onTestFinished(async () => {
    await database.close();
    await server.stop();
  });
  const start = async (keys: Keys, planeKeys = keys) => {
    const dataPlane = libsqlServer({
      url: server.urlTemplate,
      adminUrl: server.adminUrl,
      store,
      sealer: createSecretSealer({ keys: planeKeys }),
      tokenLifetimeSeconds: 60,
    });
    const registry = createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') }));
    const bundles = createFileBundleStore(join(dir, 'bundles'));
    const sealer = createSecretSealer({ keys });
    const os = await createRuntime({ dataPlane, registry, bundles, sealer });
    onTestFinished(() => os.close());
    return { os, dataPlane, registry, sealer };
  };
  const keyIds = async () => (await store.list()).map(({ signingKey }) => signingKey.keyId);
  return { store, start, keyIds };
}

async function provision({ os }: { os: Awaited<ReturnType<typeof createRuntime>> }, count: number) {
  const ids = [];
  for (let index = 0; index < count; index++)
    ids.push((await os.provisioning.provisionTenant({ orgId: 'acme' })).tenantId);
  return ids;
}

const read = async (os: Awaited<ReturnType<typeof createRuntime>>, tenantId: string) =>
  (await os.router.getTenantClient(tenantId)).count('_os_object', {}, { system: true });

describe('rotate', () => {
  it('encrypts every secret with the current key while serving; earlier keys can then be removed', async () => {
    const { start, keyIds } = await openWorld();
    const ids = await provision(await start([OLD]), 3);
    const { os } = await start([NEW, OLD]);
    const rotated: unknown[] = [];
    os.on('keys.rotated', (payload) => rotated.push(payload));
    const [rotation, ...counts] = await Promise.all([os.keys.rotate(), ...ids.map((id) => read(os, id))]);
    expect(KeyRotationSchema.strict().parse(rotation)).toEqual({ keyId: '2026', resealed: 3, remaining: 0 });
    expect(counts).toEqual([0, 0, 0]);
    expect(rotated).toEqual([rotation]);
    expect(await keyIds()).toEqual(['2026', '2026', '2026']);
    expect(await os.keys.rotate()).toEqual({ keyId: '2026', resealed: 0, remaining: 0 });
    const later = await start([NEW]);
    for (const id of ids) expect(await read(later.os, id)).toBe(0);
  });

  it('is resumed after an abort, and by several processes at once', async () => {
    const { start, keyIds } = await openWorld();
    const ids = await provision(await start([OLD]), 4);
    const { os } = await start([NEW, OLD]);
    const signal = AbortSignal.abort();
    await expect(os.keys.rotate({ signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(new Set(await keyIds())).toEqual(new Set(['2025']));
    const other = await start([NEW, OLD]);
    const rotations = await Promise.all([os.keys.rotate(), other.os.keys.rotate()]);
    expect(rotations.every(({ remaining }) => remaining === 0)).toBe(true);
    expect(new Set(await keyIds())).toEqual(new Set(['2026']));
    for (const id of ids) expect(await read(other.os, id)).toBe(0);
  });

  it('encrypts what it can, and rejects if an earlier key is not configured', async () => {
    const { start, keyIds } = await openWorld();
    await provision(await start([OLD]), 1);
    const foreign = { id: '2024', key: randomBytes(32) };
    await provision(await start([foreign]), 1);
    const { os } = await start([NEW, OLD]);
    await expect(os.keys.rotate()).rejects.toMatchObject({
      code: 'secret_invalid',
      details: { reason: 'unknown_key' },
    });
    expect((await keyIds()).toSorted()).toEqual(['2024', '2026']);
  });

  it('never replaces a key that was revoked meanwhile', async () => {
    const { start, store } = await openWorld();
    const first = await start([OLD]);
    const [id = ''] = await provision(first, 1);
    const { os, dataPlane } = await start([NEW, OLD]);
    const { databaseName } = await os.tenants.get(id);
    await Promise.all([
      os.keys.rotate(),
      dataPlane.platform.revokeToken(databaseName),
      os.keys.rotate(),
      dataPlane.platform.revokeToken(databaseName),
    ]);
    expect((await store.get(databaseName))?.isApplied).toBe(true);
    expect(await read(os, id)).toBe(0);
    expect((await os.keys.rotate()).remaining).toBe(0);
  });

  it('encrypts the tokens of adopted databases again, and records with which key', async () => {
    const { start } = await openWorld();
    const first = await start([OLD]);
    const [id = ''] = await provision(first, 1);
    const { databaseName } = await first.os.tenants.get(id);
    const { jwt: authToken } = await first.dataPlane.platform.createToken(databaseName, 'full-access', 600);
    const { registry } = await start([OLD]);
    // The registry was lost: the database is adopted with a token of its own.
    const dir = await temporaryFolder();
    const other = createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') }));
    const bundles = createFileBundleStore(join(dir, 'bundles'));
    const { dataPlane } = await start([OLD]);
    const adopt = await createRuntime({
      dataPlane,
      registry: other,
      bundles,
      sealer: createSecretSealer({ keys: [OLD] }),
    });
    const request = { orgId: 'acme', databaseName, authToken };
    expect(await adopt.provisioning.adoptTenant(request)).toEqual({ tenantId: id });
    expect(await read(adopt, id)).toBe(0);
    const sealed = (await other.getTenant(id))?.tenant.connectionConfig?.authToken as SealedSecret;
    expect(sealed.keyId).toBe('2025');
    const second = createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') }));
    const world = await start([NEW, OLD]);
    const os = await createRuntime({
      dataPlane: world.dataPlane,
      registry: second,
      bundles,
      sealer: createSecretSealer({ keys: [NEW, OLD] }),
    });
    onTestFinished(() => os.close());
    expect((await os.keys.rotate({ actor: 'ada' })).remaining).toBe(0);
    expect((await second.getTenant(id))?.tenant.connectionConfig?.authToken?.keyId).toBe('2026');
    const [entry] = (await os.tenants.audit(id)).items;
    expect(entry).toMatchObject({ action: 'change_tenant_key', before: '2025', after: '2026', actor: 'ada' });
    expect(await read(os, id)).toBe(0);
    await adopt.close();
    expect(registry).toBeDefined();
  });
});
