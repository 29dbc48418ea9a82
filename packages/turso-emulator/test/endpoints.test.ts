import { describe, expect, it } from 'vitest';
import { openapiProblems } from './openapi-problems.js';
import { call, driverOf, sharedEmulator } from './shared-emulator.js';

const shared = sharedEmulator({
  platformTokens: [{ token: 'all' }, { token: 'signup', scopes: ['read', 'db:create', 'db:mint-token'] }],
});

let count = 0;
async function newDatabase(more: object = {}) {
  const name = `db-${count++}`;
  const { status, body } = await call(shared(), 'databases', {
    method: 'POST',
    body: { name, group: 'default', ...more },
  });
  expect(status).toBe(200);
  return { name, url: `http://${body.database.Hostname}` };
}

/** A database whose token a group or the database has issued. */
async function tokenOf(path: string): Promise<string> {
  const { body } = await call(shared(), `${path}/auth/tokens`, { method: 'POST' });
  return body.jwt;
}

async function read(url: string, token: string | undefined): Promise<string> {
  const driver = driverOf(url, token);
  try {
    await driver.connect();
    await driver.execute('SELECT 1');
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('startTursoEmulator', () => {
  it('answers like the Platform API, with its casing', async () => {
    const { name } = await newDatabase({ size_limit: '256mb' });
    const { body } = await call(shared(), `databases/${name}`);
    expect(Object.keys(body.database)).toEqual([
      'Name',
      'DbId',
      'Hostname',
      'block_reads',
      'block_writes',
      'regions',
      'primaryRegion',
      'group',
      'delete_protection',
      'parent',
    ]);
    expect((await call(shared(), `databases/${name}/configuration`)).body.size_limit).toBe('256mb');
    expect((await call(shared(), `databases/${name}/auth/rotate`, { method: 'POST' })).body).toBeUndefined();
  });

  it.each<[string, string, object | undefined, number, string]>([
    ['POST', 'databases', { name: 'x', group: 'none' }, 400, 'group not found'],
    ['POST', 'databases', { name: 'A', group: 'default' }, 400, 'invalid database name'],
    ['POST', 'databases', { name: 'x', group: 'default', size_limit: 'much' }, 400, 'invalid size_limit'],
    ['POST', 'databases', { group: 'default' }, 400, 'invalid request body: name'],
    ['GET', 'databases/none', undefined, 404, 'could not find database with name none: record not found'],
    ['DELETE', 'databases/none', undefined, 404, 'could not find database with name none: record not found'],
    ['GET', 'groups/none', undefined, 404, 'group not found'],
    ['POST', 'groups', { name: 'default', location: 'aws-us-east-1' }, 409, 'group already exists'],
    ['POST', 'groups', { name: 'other', location: 'iad' }, 422, 'location not found'],
    ['GET', 'nothing', undefined, 404, 'endpoint not found'],
    ['GET', '/v1/organizations/other/databases', undefined, 404, 'could not find organization'],
  ])('refuses %s %s %j', async (method, path, body, status, error) => {
    expect(await call(shared(), path, { method, body })).toEqual({ status, body: { error } });
  });

  it('refuses lifetimes, scopes and times that are not of the documented format', async () => {
    const { name } = await newDatabase();
    for (const expiration of ['', '1', '1y', 'tomorrow', '0s', '-1d'])
      expect(
        await call(shared(), `databases/${name}/auth/tokens?expiration=${expiration}`, { method: 'POST' }),
      ).toEqual({ status: 400, body: { error: 'Invalid expiration format' } });
    const tokens = `databases/${name}/auth/tokens?authorization=admin`;
    expect((await call(shared(), tokens, { method: 'POST' })).status).toBe(400);
    const usage = await call(shared(), `databases/${name}/usage?from=2023-12-12T00:00:00`);
    expect(usage.status).toBe(400);
    expect(usage.body.error).toMatch(/^invalid from parameter: parsing time/);
    expect((await call(shared(), `databases/${name}/usage?from=2023-12-12T00:00:00Z`)).status).toBe(200);
  });

  it('protects a database and the databases of a group from deletion', async () => {
    const { name } = await newDatabase();
    const protect = (path: string, delete_protection: boolean) =>
      call(shared(), `${path}/configuration`, { method: 'PATCH', body: { delete_protection } });
    for (const path of [`databases/${name}`, 'groups/default']) {
      await protect(path, true);
      expect((await call(shared(), `databases/${name}`, { method: 'DELETE' })).status).toBe(400);
      const { client } = shared();
      await expect(client.deleteDatabase(name)).rejects.toMatchObject({ code: 'database_blocked' });
      await protect(path, false);
    }
    expect((await call(shared(), `databases/${name}`, { method: 'DELETE' })).body).toEqual({
      database: name,
    });
  });

  it('clears lists by null and leaves absent properties unchanged', async () => {
    const { name } = await newDatabase();
    const change = async (body: object) =>
      (await call(shared(), `databases/${name}/configuration`, { method: 'PATCH', body })).body;
    expect((await change({ allowed_ips: ['203.0.113.7'] })).allowed_ips).toEqual(['203.0.113.7']);
    expect((await change({ block_writes: true })).allowed_ips).toEqual(['203.0.113.7']);
    const cleared = await change({ allowed_ips: null });
    expect(cleared).toMatchObject({ allowed_ips: [], block_writes: true });
  });

  it('has tokens of a group, which open only its databases until they are rotated', async () => {
    const group = { method: 'POST', body: { name: 'europe', location: 'aws-eu-west-1' } };
    expect((await call(shared(), 'groups', group)).status).toBe(200);
    const [own, foreign] = [await newDatabase({ group: 'europe' }), await newDatabase()];
    const [ofGroup, ofDatabase] = [await tokenOf('groups/europe'), await tokenOf(`databases/${own.name}`)];
    expect([await read(own.url, ofGroup), await read(foreign.url, ofGroup)]).toEqual(['ok', 'unauthorized']);
    await call(shared(), 'groups/europe/auth/rotate', { method: 'POST' });
    expect(await read(own.url, ofGroup)).toBe('unauthorized');
    expect(await read(own.url, ofDatabase)).toBe('unauthorized');
    expect(await read(foreign.url, await tokenOf(`databases/${foreign.name}`))).toBe('ok');
    expect((await call(shared(), 'groups/europe', { method: 'DELETE' })).status).toBe(200);
    expect((await call(shared(), `databases/${own.name}`)).status).toBe(404);
  });

  it('checks the token of the Platform API and its scopes', async () => {
    const { name } = await newDatabase();
    expect((await call(shared(), 'databases', { token: 'wrong' })).status).toBe(401);
    const statusOf = async (method: string, path: string, body?: object) =>
      (await call(shared(), path, { method, token: 'signup', body })).status;
    expect(await statusOf('GET', `databases/${name}`)).toBe(200);
    expect(await statusOf('POST', `databases/${name}/auth/tokens`)).toBe(200);
    expect(await statusOf('POST', `databases/${name}/auth/rotate`)).toBe(403);
    expect(await statusOf('PATCH', `databases/${name}/configuration`, {})).toBe(403);
    expect(await statusOf('DELETE', `databases/${name}`)).toBe(403);
    expect(await statusOf('POST', 'groups', {})).toBe(403);
  });

  it('has documented requests and answers in every endpoint', async () => {
    const { name } = await newDatabase();
    for (const path of ['configuration', 'usage', 'stats', 'instances'])
      expect((await call(shared(), `databases/${name}/${path}`)).status).toBe(200);
    for (const path of ['groups', 'groups/default', 'groups/default/configuration'])
      expect((await call(shared(), path)).status).toBe(200);
    expect((await call(shared(), 'groups/default/unarchive', { method: 'POST' })).status).toBe(200);
    for (const path of ['/v1/locations', '/v1/auth/validate'])
      expect((await call(shared(), path)).status).toBe(200);
    const answers = shared().exchanges.filter(({ status }) => status === 200);
    expect(openapiProblems(answers)).toEqual(['PATCH configuration: request /allowed_ips must be array']);
  });
});
