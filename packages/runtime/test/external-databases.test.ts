import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openLocalDatabase, tursoCloud } from '@objectstack/driver-turso';
import type { DataPlane } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { startTursoEmulator, type TursoEmulator } from '@objectstack/turso-emulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createFileBundleStore, createRuntime, createTenantRegistry } from '../src/index.js';
import { bundleOf, objectOf } from './sample-bundles.js';

const BUNDLE = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });
const PLATFORM = 'OBJECTSTACK_TEST_EXTERNAL_PLATFORM';
const GROUP = 'OBJECTSTACK_TEST_EXTERNAL_GROUP';
/** Name of a database that was created elsewhere: the last label of the address at which it is served. */
const NAME = '77';

let emulator: TursoEmulator;

/** Databases elsewhere: hosts whose names contain the name of the database, and the tokens that they received. */
async function serveElsewhere(): Promise<{ port: number; tokens: Set<string> }> {
  const tokens = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    tokens.add(incoming.headers.authorization?.replace('Bearer ', '') ?? '');
    const { hostname } = new URL(`http://${incoming.headers.host}`);
    const url = new URL(`${emulator.url}/ns/${hostname.split('.').at(-1)}${incoming.url}`);
    const { host: _, ...headers } = incoming.headers;
    const forwarded = send(url, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, tokens };
}

async function open(dataPlane: DataPlane) {
  const dir = await temporaryFolder();
  const os = await createRuntime({
    dataPlane,
    registry: createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') })),
    bundles: createFileBundleStore(join(dir, 'bundles')),
    lifecycle: { onTenantDelete: { createBackup: false } },
  });
  onTestFinished(() => os.close());
  return os;
}

const managed = () => ({
  organizationSlug: emulator.organizationSlug,
  group: { name: 'default', region: 'us-east' as const },
  platformToken: { env: PLATFORM },
});

async function groupToken(): Promise<string> {
  const path = `/v1/organizations/${emulator.organizationSlug}/groups/default/auth/tokens`;
  const headers = { authorization: `Bearer ${emulator.platformToken}` };
  const answer = await fetch(emulator.url + path, { method: 'POST', headers });
  return ((await answer.json()) as { jwt: string }).jwt;
}

describe('databases that were created elsewhere', () => {
  beforeAll(async () => {
    emulator = await startTursoEmulator();
    process.env[PLATFORM] = emulator.platformToken;
    process.env[GROUP] = await groupToken();
    const { platform, claimDatabase } = tursoCloud(managed(), { apiUrl: emulator.url });
    const { url } = await platform.createDatabase({ name: NAME });
    await claimDatabase({ url, databaseName: NAME }, 'a'.repeat(26));
  });
  afterAll(async () => {
    delete process.env[PLATFORM];
    delete process.env[GROUP];
    await emulator.stop();
  });

  it('are adopted and served with the token of their group, without a platform token', async () => {
    const { port, tokens } = await serveElsewhere();
    const os = await open(
      tursoCloud({
        organizationSlug: 'elsewhere',
        urlTemplate: `http://127.0.0.{tenant_id}:${port}`,
        groupAuthToken: { env: GROUP },
        lifecycle: { onTenantCreate: { autoCreate: false } },
      }),
    );
    const { tenantId } = await os.provisioning.adoptTenant({ orgId: 'acme', databaseName: NAME });
    expect(tenantId).toBe('a'.repeat(26));
    await os.deployments.deploy(tenantId, BUNDLE);
    const client = await os.router.getTenantClient(tenantId);
    await client.create('account', { name: 'first' });
    expect(await client.count('account')).toBe(1);
    expect(await os.provisioning.inspectTenants()).toEqual([]);
    expect([...tokens]).toEqual([process.env[GROUP]]);
    await os.provisioning.suspendTenant(tenantId);
    await expect(client.count('account')).rejects.toMatchObject({ code: 'tenant_suspended' });
    await expect(os.provisioning.adoptTenant({ orgId: 'acme', databaseName: '78' })).rejects.toMatchObject({
      code: 'database_not_found',
    });
  });

  it('are found beside those of the platform, which never receive the token of the group', async () => {
    const { port, tokens } = await serveElsewhere();
    const elsewhere = { urlTemplate: `http://127.0.0.{tenant_id}:${port}`, groupAuthToken: { env: GROUP } };
    const dataPlane = tursoCloud({ ...managed(), ...elsewhere }, { apiUrl: emulator.url });
    const os = await open(dataPlane);
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme' });
    await os.deployments.deploy(tenantId, BUNDLE);
    expect([...tokens]).toEqual([]);
    expect(await dataPlane.platform.getDatabase(NAME)).not.toMatchObject({
      url: expect.stringContaining('127.0.0.77'),
    });
    const other = dataPlane.createDriver({ url: `http://127.0.0.78:${port}`, databaseName: NAME, tenantId });
    await other.connect().catch(() => undefined);
    expect([...tokens]).not.toContain(process.env[GROUP]);
  });

  it('need both settings, and nothing of them is created', async () => {
    const config = { organizationSlug: 'elsewhere', groupAuthToken: { env: GROUP } };
    expect(() => tursoCloud(config)).toThrow(expect.objectContaining({ code: 'configuration_incomplete' }));
    const urlTemplate = 'libsql://{tenant_id}-elsewhere.example.com';
    const missing = { ...config, urlTemplate, groupAuthToken: { env: 'OBJECTSTACK_TEST_MISSING' } };
    expect(() => tursoCloud(missing)).toThrow(
      expect.objectContaining({ details: { missing: ['groupAuthToken'] } }),
    );
    const { platform } = tursoCloud({ ...config, urlTemplate });
    const refused = { code: 'not_supported' };
    await expect(platform.createDatabase({ name: 'x' })).rejects.toMatchObject(refused);
    await expect(platform.createToken('x', 'read-only')).rejects.toMatchObject(refused);
    expect(await platform.listDatabases()).toEqual([]);
  });
});
