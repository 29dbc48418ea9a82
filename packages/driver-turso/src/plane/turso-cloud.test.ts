import { afterEach, describe, expect, it } from 'vitest';
import { scriptedServer } from '../../test/scripted-server.js';
import { libsqlServer } from './libsql-server.js';
import { tursoCloud } from './turso-cloud.js';

const VARIABLE = 'OBJECTSTACK_TEST_PLATFORM_TOKEN';
const CONFIG = {
  organizationSlug: 'acme',
  group: { name: 'default', region: 'us-east' as const },
  platformToken: { env: VARIABLE },
};
const LISTED = { status: 200, body: { databases: [] } };

afterEach(() => {
  delete process.env[VARIABLE];
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('tursoCloud', () => {
  it('limits the cached drivers as configured, also by the deprecated setting in seconds', () => {
    process.env[VARIABLE] = 'x';
    expect(tursoCloud(CONFIG).driverCache).toEqual({ maxDrivers: 100, idleMs: 300_000 });
    const config = { ...CONFIG, maxCachedConnections: 5, connectionCacheTTL: 2 };
    expect(tursoCloud(config).driverCache).toEqual({ maxDrivers: 5, idleMs: 2_000 });
  });

  it.each([
    [{ name: 'default', region: 'eu-west' }, {}, 'eu-west'],
    [{ name: 'default', primaryLocation: 'aws-eu-west-1' }, {}, 'eu-west'],
    [{ name: 'default', primaryLocation: 'aws-eu-central-1' }, {}, undefined],
    [
      { name: 'default', region: 'eu-west' },
      { lifecycle: { onTenantCreate: { group: 'other' } } },
      undefined,
    ],
  ] as const)('creates databases in the region of its group: %j %j', (group, more, region) => {
    process.env[VARIABLE] = 'x';
    expect(tursoCloud({ ...CONFIG, group, ...more }).region).toBe(region);
  });

  it.each(['organizationSlug', 'platformToken', 'group'])('names the missing setting %s', (setting) => {
    process.env[VARIABLE] = 'x';
    const { [setting as keyof typeof CONFIG]: _, ...config } = CONFIG;
    expect(thrownBy(() => tursoCloud(config as never))).toMatchObject({
      code: 'configuration_incomplete',
      details: { missing: [setting] },
    });
  });

  it.each([undefined, null, 'x'])('names all settings that %j lacks', (config) => {
    expect(thrownBy(() => tursoCloud(config as never))).toMatchObject({
      code: 'configuration_incomplete',
      details: { missing: ['organizationSlug', 'platformToken', 'group'] },
    });
  });

  it('tells routers which part of a request selects the tenant', () => {
    process.env[VARIABLE] = 'x';
    expect(tursoCloud(CONFIG).tenantResolverStrategy).toBe('token');
    expect(tursoCloud({ ...CONFIG, tenantResolverStrategy: 'path' }).tenantResolverStrategy).toBe('path');
  });

  it('names the environment variable that is not set, and rejects invalid settings', () => {
    const error = thrownBy(() => tursoCloud(CONFIG)) as Error;
    expect(error).toMatchObject({
      code: 'configuration_incomplete',
      details: { missing: ['platformToken'] },
    });
    expect(error.message).toContain(VARIABLE);
    const wrong = { ...CONFIG, organizationSlug: 'Not A Slug' };
    expect(thrownBy(() => tursoCloud(wrong))).toMatchObject({ code: 'configuration_invalid' });
    const secret = { ...CONFIG, platformToken: { secret: 'turso' } };
    expect(thrownBy(() => tursoCloud(secret))).toMatchObject({ details: { missing: ['resolveSecret'] } });
  });

  it('reads the token for each request: from the environment or from a secret store', async () => {
    const { url: apiUrl, received } = await scriptedServer([LISTED]);
    process.env[VARIABLE] = 'first';
    const { platform } = tursoCloud(CONFIG, { apiUrl });
    await platform.listDatabases();
    process.env[VARIABLE] = 'second';
    await platform.listDatabases();
    delete process.env[VARIABLE];
    await expect(platform.listDatabases()).rejects.toMatchObject({ details: { missing: ['platformToken'] } });
    const platformToken = { secret: 'turso' };
    const resolveSecret = async (name: string) => `secret ${name}`;
    await tursoCloud({ ...CONFIG, platformToken }, { apiUrl, resolveSecret }).platform.listDatabases();
    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer second',
      'Bearer secret turso',
    ]);
  });
});

describe('libsqlServer', () => {
  const COMPLETE = { url: 'https://{database}.example.com', adminUrl: 'http://x', store: {}, sealer: {} };

  it.each(['url', 'adminUrl', 'store', 'sealer'])('names the missing setting %s', (setting) => {
    const options = { ...COMPLETE, [setting]: undefined };
    expect(thrownBy(() => libsqlServer(options as never))).toMatchObject({
      code: 'configuration_incomplete',
      details: { missing: [setting] },
    });
  });

  it('requires servers', () => {
    const { store, sealer } = COMPLETE;
    expect(thrownBy(() => libsqlServer({ servers: [], store, sealer } as never))).toMatchObject({
      details: { missing: ['servers'] },
    });
    expect(thrownBy(() => libsqlServer(undefined as never))).toMatchObject({
      code: 'configuration_incomplete',
    });
  });
});
