import { join } from 'node:path';
import { createTursoDriver, openLocalDatabase, tursoCloud } from '@objectstack/driver-turso';
import type { DataPlane } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { startTursoEmulator, type TursoEmulator } from '@objectstack/turso-emulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  createFileBundleStore,
  createRuntime,
  createTenantRegistry,
  type RuntimeOptions,
} from '../src/index.js';
import { bundleOf, objectOf } from './sample-bundles.js';
import { startServerPlane } from './start-server-plane.js';

const VARIABLE = 'OBJECTSTACK_TEST_LIFECYCLE_TOKEN';
const CRM = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });
const onTenantDelete = { createBackup: false };

async function open(
  dir: string,
  dataPlane: DataPlane,
  options: Pick<RuntimeOptions, 'lifecycle' | 'templates'>,
) {
  const os = await createRuntime({
    dataPlane,
    registry: createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') })),
    bundles: createFileBundleStore(join(dir, 'bundles')),
    ...options,
  });
  onTestFinished(() => os.close());
  return os;
}

describe('onTenantCreate on Turso Cloud (emulated)', () => {
  let emulator: TursoEmulator;
  beforeAll(async () => {
    emulator = await startTursoEmulator();
    process.env[VARIABLE] = emulator.platformToken;
    const headers = { authorization: `Bearer ${emulator.platformToken}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'second', location: 'aws-us-east-1' });
    const url = `${emulator.url}/v1/organizations/${emulator.organizationSlug}/groups`;
    await fetch(url, { method: 'POST', headers, body });
  });
  afterAll(async () => {
    delete process.env[VARIABLE];
    await emulator.stop();
  });

  it.each(['the data plane', 'the runtime'])(
    'creates databases and templates in the group of %s, as copies of the template with seedData',
    async (whose) => {
      const lifecycle = { onTenantCreate: { group: 'second', seedData: true }, onTenantDelete };
      const config = {
        organizationSlug: emulator.organizationSlug,
        group: { name: 'default', region: 'us-east' as const },
        platformToken: { env: VARIABLE },
        ...(whose === 'the data plane' && { lifecycle }),
      };
      const dataPlane = tursoCloud(config, { apiUrl: emulator.url });
      const before = (await dataPlane.platform.listDatabases('second')).length;
      const options = { templates: { crm: CRM }, ...(whose === 'the runtime' && { lifecycle }) };
      const os = await open(await temporaryFolder(), dataPlane, options);
      const { tenantId, status } = await os.provisioning.provisionTenant({ orgId: 'acme' });
      expect(status).toBe('active');
      const client = await os.router.getTenantClient(tenantId);
      expect(await client.count('account')).toBe(0);
      const { databaseName } = await os.tenants.get(tenantId);
      expect(await dataPlane.platform.getDatabase(databaseName)).toMatchObject({ group: 'second' });
      expect(await dataPlane.platform.listDatabases('second')).toHaveLength(before + 2);
      expect(await dataPlane.platform.listDatabases('default')).toEqual([]);
    },
  );
});

describe('onTenantSuspend on a libSQL server', () => {
  it.each([true, false])('revokes the tokens of the database with revokeTokens: %s', async (revokeTokens) => {
    const dir = await temporaryFolder();
    const dataPlane = await startServerPlane(dir);
    const lifecycle = { onTenantSuspend: { revokeTokens }, onTenantDelete };
    const os = await open(dir, dataPlane, { lifecycle });
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme' });
    await os.deployments.deploy(tenantId, CRM);
    const client = await os.router.getTenantClient(tenantId);
    await client.create('account', { name: 'first' });
    const { databaseName, tenant } = await os.tenants.get(tenantId);
    const { jwt } = await dataPlane.platform.createToken(databaseName, 'full-access');
    await os.provisioning.suspendTenant(tenantId);
    await os.provisioning.resumeTenant(tenantId);
    const stolen = createTursoDriver({ url: tenant.connectionConfig?.url ?? '' }, { authToken: jwt });
    const connected = await stolen.connect().then(
      () => 'open',
      ({ code }) => code,
    );
    expect(connected).toBe(revokeTokens ? 'unauthorized' : 'open');
    expect(await client.count('account')).toBe(1);
  });
});
