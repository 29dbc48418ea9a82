import { join } from 'node:path';
import { libsqlServer, openLocalDatabase, tursoCloud, tursoLocal } from '@objectstack/driver-turso';
import { sharedPostgres, startS3Server, temporaryFolder } from '@objectstack/testing';
import { startTursoEmulator } from '@objectstack/turso-emulator';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  createFileBundleStore,
  createRuntime,
  createTenantRegistry,
  type RuntimeOptions,
} from '../src/index.js';
import { postgresRegistry } from '../src/postgres/postgres-registry.js';
import { s3BundleStore } from '../src/s3/s3-bundle-store.js';
import { s3Options } from './s3-store.js';
import { bundleOf, objectOf } from './sample-bundles.js';
import { startServerPlane } from './start-server-plane.js';
import { tcpProxy } from './tcp-proxy.js';

const VARIABLE = 'OBJECTSTACK_TEST_BAD_CONFIGURATION';
const HOUR_MS = 3_600_000;
const BUNDLE = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });
const CLOUD = {
  organizationSlug: 'emulator',
  group: { name: 'default', region: 'us-east' as const },
  platformToken: { env: VARIABLE },
};
const postgres = sharedPostgres();

afterEach(() => {
  delete process.env[VARIABLE];
  vi.useRealTimers();
});

async function embedded(options: Partial<RuntimeOptions> = {}) {
  const dataPlane = tursoLocal({ dir: await temporaryFolder() });
  const os = await createRuntime({ dataPlane, ...options } as RuntimeOptions).catch(async (error) => {
    await dataPlane.close();
    throw error;
  });
  onTestFinished(() => os.close());
  return os;
}

const healthOf = async (os: Awaited<ReturnType<typeof createRuntime>>, name: string) =>
  (await os.health()).parts.find(({ part }) => part === name);

describe('a missing or contradictory setting', () => {
  it.each<[string, () => unknown, string, object]>([
    [
      'no data plane',
      () => createRuntime({} as never),
      'configuration_incomplete',
      { missing: ['dataPlane', 'registry', 'bundles'] },
    ],
    [
      'no group',
      () => tursoCloud({ ...CLOUD, group: undefined } as never),
      'configuration_incomplete',
      { missing: ['group'] },
    ],
    [
      'no bucket',
      () => s3BundleStore({ endpoint: 'https://s3.example', region: 'auto', credentials: {} } as never),
      'configuration_incomplete',
      { missing: ['bucket'] },
    ],
    [
      'no connection string',
      () => postgresRegistry({} as never),
      'configuration_incomplete',
      { missing: ['connectionString'] },
    ],
    [
      'no store and no sealer',
      () => libsqlServer({ url: 'https://{database}.example', adminUrl: 'http://x' } as never),
      'configuration_incomplete',
      { missing: ['store', 'sealer'] },
    ],
    [
      'a pool and a connection string',
      () => postgresRegistry({ connectionString: 'postgres://x/y', pool: {} } as never),
      'configuration_incomplete',
      {},
    ],
    [
      'a region and the location of another one',
      () =>
        tursoCloud({
          ...CLOUD,
          group: { name: 'default', region: 'us-east', primaryLocation: 'aws-eu-west-1' },
        }),
      'configuration_invalid',
      {},
    ],
    [
      'one server and several',
      () => libsqlServer({ servers: [], url: 'x', store: {}, sealer: {} } as never),
      'configuration_incomplete',
      { missing: ['servers'] },
    ],
    [
      'a template without {tenant_id}',
      () =>
        tursoCloud({ ...CLOUD, urlTemplate: 'libsql://acme.example', groupAuthToken: { env: 'X' } } as never),
      'configuration_invalid',
      {},
    ],
    [
      'a URL of databases without {database}',
      () => libsqlServer({ url: 'https://db.example', adminUrl: 'http://x', store: {}, sealer: {} } as never),
      'configuration_invalid',
      { settings: ['servers'] },
    ],
    [
      'a sealer that is none',
      () => createRuntime({ sealer: {} } as never),
      'configuration_invalid',
      { settings: ['sealer'] },
    ],
    [
      'a logger that is none',
      () => createRuntime({ logger: console.log } as never),
      'configuration_invalid',
      { settings: ['logger'] },
    ],
    [
      'telemetry that is none',
      () => createRuntime({ telemetry: {} } as never),
      'configuration_invalid',
      { settings: ['telemetry'] },
    ],
  ])('is rejected and named: %s', async (_, create, code, details) => {
    process.env[VARIABLE] = 'token';
    const creating = (async () => create())();
    await expect(creating).rejects.toMatchObject({ code, details });
  });

  it('is rejected before anything is written: a token of an adopted database without a sealer', async () => {
    const { defaults, ...dataPlane } = tursoLocal({ dir: await temporaryFolder() });
    const registry = createTenantRegistry(defaults.controlDatabase);
    const bundles = createFileBundleStore(defaults.bundleDirectory);
    const os = await createRuntime({ dataPlane, registry, bundles });
    onTestFinished(() => os.close());
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme' });
    const { databaseName } = await os.tenants.get(tenantId);
    const adopting = os.provisioning.adoptTenant({ orgId: 'acme', databaseName, authToken: 'x' });
    await expect(adopting).rejects.toMatchObject({
      code: 'configuration_incomplete',
      details: { missing: ['sealer'] },
    });
    expect((await os.tenants.list()).items).toHaveLength(1);
  });
});

describe('the Platform API', () => {
  async function openCloud(changes: object, token?: string) {
    const emulator = await startTursoEmulator();
    onTestFinished(() => emulator.stop());
    process.env[VARIABLE] = token ?? emulator.platformToken;
    const dir = await temporaryFolder();
    const start = async (config: object) => {
      const dataPlane = tursoCloud({ ...CLOUD, ...config } as typeof CLOUD, { apiUrl: emulator.url });
      const registry = createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') }));
      const os = await createRuntime({ dataPlane, registry, bundles: createFileBundleStore(join(dir, 'b')) });
      onTestFinished(() => os.close());
      return { os, dataPlane };
    };
    return { emulator, start, ...(await start(changes)) };
  }

  it.each([
    ['a wrong token', {}, 'wrong', 'unauthorized'],
    ['an unknown organization', { organizationSlug: 'unknown' }, undefined, 'configuration_invalid'],
    ['an unknown group', { group: { name: 'none', region: 'us-east' } }, undefined, 'configuration_invalid'],
  ])(
    'rejects %s; nothing is created, and the corrected request succeeds',
    async (_, changes, token, code) => {
      const { emulator, start, os } = await openCloud(changes, token);
      const request = { orgId: 'acme', requestKey: 'signup' };
      const first = await os.provisioning.provisionTenant(request);
      expect(first).toMatchObject({
        status: 'failed',
        steps: [{ name: 'create_database', status: 'failed', errorCode: code }],
      });
      process.env[VARIABLE] = emulator.platformToken;
      const corrected = await start({});
      expect(await corrected.dataPlane.platform.listDatabases()).toEqual([]);
      expect(await corrected.os.provisioning.provisionTenant(request)).toMatchObject({
        status: 'active',
        tenantId: first.tenantId,
      });
    },
  );

  it('that refuses the token is not healthy', async () => {
    const { os, emulator } = await openCloud({}, 'wrong');
    expect(await healthOf(os, 'platform')).toMatchObject({ reachable: false, errorCode: 'unauthorized' });
    process.env[VARIABLE] = emulator.platformToken;
    expect(await healthOf(os, 'platform')).toMatchObject({ reachable: true });
  });
});

describe('PostgreSQL', () => {
  it('that cannot be reached at the start is reported, and nothing remains open', async () => {
    const url = new URL(await postgres.createSchema());
    url.port = '1';
    const registry = postgresRegistry({ connectionString: url.href });
    await expect(embedded({ registry })).rejects.toMatchObject({
      code: 'database_unreachable',
      retryable: true,
    });
  });

  it('that cannot be reached later fails calls and health, and is used again when it returns', async () => {
    const url = new URL(await postgres.createSchema());
    const proxy = await tcpProxy(Number(url.port));
    url.port = String(proxy.port);
    url.hostname = '127.0.0.1';
    const os = await embedded({ registry: postgresRegistry({ connectionString: url.href }) });
    const changes: unknown[] = [];
    os.on('health.changed', ({ part, reachable }) => changes.push([part, reachable]));
    expect(await os.health()).toMatchObject({ status: 'ok' });
    proxy.cut();
    const provisioning = os.provisioning.provisionTenant({ orgId: 'acme' });
    await expect(provisioning).rejects.toMatchObject({ code: 'database_unreachable', retryable: true });
    expect(await healthOf(os, 'registry')).toMatchObject({
      reachable: false,
      errorCode: 'database_unreachable',
    });
    proxy.restore();
    expect(await os.health()).toMatchObject({ status: 'ok' });
    expect(await os.provisioning.provisionTenant({ orgId: 'acme' })).toMatchObject({ status: 'active' });
    expect((await os.tenants.list()).items).toHaveLength(1);
    expect(changes).toEqual([
      ['registry', false],
      ['registry', true],
    ]);
  });

  it('with the tables of a newer release is rejected and left as it is', async () => {
    const url = await postgres.createSchema();
    const { registry } = { registry: postgresRegistry({ connectionString: url }) };
    await registry.initialize();
    await registry.close();
    const insert = `INSERT INTO _os_control_migration (version, name, applied_at) VALUES (999, 'later', 'now')`;
    await postgres.run(url, insert);
    await expect(embedded({ registry: postgresRegistry({ connectionString: url }) })).rejects.toMatchObject({
      code: 'unsupported_protocol_version',
      details: { foundVersion: 999 },
    });
    const { rows } = await postgres.run(url, 'SELECT max(version) AS version FROM _os_control_migration');
    expect(rows).toEqual([{ version: 999 }]);
  });
});

describe('the bucket of the bundle store', () => {
  it.each([
    ['does not exist', { bucket: 'missing-bucket' }, {}, 'configuration_invalid', false],
    ['is read-only', {}, { readOnly: true }, 'database_blocked', true],
  ])('that %s is reported, and nothing is deployed', async (_, changes, settings, code, reachable) => {
    const server = await startS3Server();
    onTestFinished(() => server.stop());
    server.configure(settings);
    const os = await embedded({ bundles: s3BundleStore(s3Options(server, changes)) });
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme' });
    const deploying = os.deployments.deploy(tenantId, BUNDLE);
    await expect(deploying).rejects.toMatchObject({ code, retryable: false });
    expect((await os.deployments.list(tenantId)).items).toEqual([]);
    expect(await healthOf(os, 'bundles')).toMatchObject({ reachable });
  });
});

describe('a wrong clock', () => {
  /** A server whose tokens this process signs with its own clock. */
  async function openTenant() {
    const dir = await temporaryFolder();
    const dataPlane = await startServerPlane(dir);
    const registry = createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') }));
    const os = await createRuntime({ dataPlane, registry, bundles: createFileBundleStore(join(dir, 'b')) });
    onTestFinished(() => os.close());
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme' });
    return { os, tenantId, dataPlane };
  }

  const setClock = (offsetMs: number) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offsetMs });
  };

  it.each([-HOUR_MS / 2, 12 * HOUR_MS])('by %i ms is tolerated for tokens', async (offset) => {
    const { os, tenantId, dataPlane } = await openTenant();
    setClock(offset);
    const { databaseName } = await os.tenants.get(tenantId);
    await dataPlane.platform.revokeToken(databaseName);
    const client = await os.router.getTenantClient(tenantId);
    expect(await client.count('_os_object', {}, { system: true })).toBe(0);
  });

  it('by more than the lifetime of a token is reported with the next step, and heals', async () => {
    const { os, tenantId, dataPlane } = await openTenant();
    const { databaseName } = await os.tenants.get(tenantId);
    const client = await os.router.getTenantClient(tenantId);
    setClock(-3 * HOUR_MS);
    await dataPlane.platform.revokeToken(databaseName);
    const reading = client.count('_os_object', {}, { system: true });
    await expect(reading).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('clock'),
    });
    vi.useRealTimers();
    expect(await client.count('_os_object', {}, { system: true })).toBe(0);
  });
});
