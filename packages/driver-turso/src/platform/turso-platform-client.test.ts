import { inspect } from 'node:util';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { type ScriptedAnswer, scriptedServer } from '../../test/scripted-server.js';
import { TursoPlatformClient, type TursoPlatformClientOptions } from './turso-platform-client.js';

const TOKEN = 'canary-platform-token-7f3a';
const DATABASE = {
  Name: 't-one',
  DbId: 'id-1',
  Hostname: 't-one-acme.aws-us-east-1.turso.io',
  group: 'default',
  primaryRegion: 'aws-us-east-1',
  block_reads: false,
  block_writes: true,
  delete_protection: false,
  is_schema: false,
};
const INFO = {
  name: 't-one',
  dbId: 'id-1',
  url: 'libsql://t-one-acme.aws-us-east-1.turso.io',
  group: 'default',
};
const FOUND = { status: 200, body: { database: DATABASE } };
const CREATED = {
  status: 200,
  body: { database: { Name: 't-one', DbId: 'id-1', Hostname: DATABASE.Hostname } },
};
const TAKEN = { status: 409, body: { error: 'database with name t-one already exists' } };
const MISSING = { status: 404, body: { error: 'could not find database with name t-one: record not found' } };
const P = '/v1/organizations/acme/databases';

async function clientOf(
  answers: readonly ScriptedAnswer[],
  options: Partial<TursoPlatformClientOptions> = {},
) {
  const server = await scriptedServer(answers);
  const client = new TursoPlatformClient({
    organizationSlug: 'acme',
    group: 'default',
    platformToken: TOKEN,
    apiUrl: server.url,
    ...options,
  });
  return { ...server, client };
}

const rejectionOf = (work: Promise<unknown>): Promise<ObjectStackError> =>
  work.then(
    () => Promise.reject(new Error('It succeeded.')),
    (error) => error,
  );

describe('TursoPlatformClient', () => {
  it('sends each request as documented: scope and expiration of a token are in the query', async () => {
    const { client, received } = await clientOf([
      CREATED,
      { status: 200, body: { jwt: 'a.b.c' } },
      { status: 200, body: { jwt: 'a.b.c' } },
      { status: 200, body: '' },
      { status: 200, body: {} },
      { status: 200, body: {} },
      { status: 200, body: { database: 't-one' } },
    ]);
    await client.createDatabase({
      name: 't-one',
      seed: { type: 'database', name: 'template' },
      sizeLimitBytes: 1_048_576,
    });
    await client.createToken('t-one', 'read-only', 90_061);
    await client.createToken('t-one', 'full-access');
    expect(await client.revokeToken('t-one')).toEqual({ revoked: 'all_tokens_of_database' });
    await client.setDatabaseAccess('t-one', { blockReads: true, blockWrites: false });
    await client.setSizeLimit('t-one', 2_000);
    await client.deleteDatabase('t-one');
    await client.purgeDatabase('t-one');
    expect(received.map(({ method, url, body }) => [method, url, body && JSON.parse(body)])).toEqual([
      [
        'POST',
        P,
        {
          name: 't-one',
          group: 'default',
          seed: { type: 'database', name: 'template' },
          size_limit: '1048576',
        },
      ],
      ['POST', `${P}/t-one/auth/tokens?expiration=1d1h1m1s&authorization=read-only`, ''],
      ['POST', `${P}/t-one/auth/tokens?expiration=never&authorization=full-access`, ''],
      ['POST', `${P}/t-one/auth/rotate`, ''],
      ['PATCH', `${P}/t-one/configuration`, { block_reads: true, block_writes: false }],
      ['PATCH', `${P}/t-one/configuration`, { size_limit: '2000' }],
      ['DELETE', `${P}/t-one`, ''],
    ]);
    for (const { headers } of received) expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('reads a database whatever else the answer contains', async () => {
    const { client } = await clientOf([
      FOUND,
      { status: 200, body: { database: { ...DATABASE, group: null } } },
    ]);
    expect(await client.getDatabase('t-one')).toEqual({
      ...INFO,
      primaryLocation: 'aws-us-east-1',
      blockReads: false,
      blockWrites: true,
      deleteProtection: false,
    });
    expect(await client.getDatabase('t-one')).not.toHaveProperty('group');
  });

  it('sends every request to the configured host, also with slashes at the end of its URL', async () => {
    const scripted = await scriptedServer([FOUND]);
    const { client } = await clientOf([], { apiUrl: `${scripted.url}//` });
    expect(await client.getDatabase('t-one')).toMatchObject({ name: 't-one' });
    expect(scripted.received).toHaveLength(1);
  });

  it('lists all pages', async () => {
    const page = (Name: string, next?: string) => ({
      status: 200,
      body: { databases: [{ ...DATABASE, Name }], ...(next && { pagination: { next } }) },
    });
    const { client, received } = await clientOf([page('b', 'c+1'), page('c', 'c/2'), page('a')], {
      pageSize: 1,
    });
    expect((await client.listDatabases('default')).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(received.map(({ url }) => url)).toEqual([
      `${P}?group=default&limit=1`,
      `${P}?group=default&limit=1&cursor=c%2B1`,
      `${P}?group=default&limit=1&cursor=c%2F2`,
    ]);
  });

  it('rejects a list whose cursor is repeated', async () => {
    const { client } = await clientOf([
      { status: 200, body: { databases: [], pagination: { next: 'same' } } },
    ]);
    await expect(client.listDatabases()).rejects.toMatchObject({ code: 'platform_refused' });
  });

  it.each(['total', 'usage'])('reads the usage from %s', async (key) => {
    const usage = { rows_read: 1, rows_written: 2, storage_bytes: 3, bytes_synced: 4 };
    const { client } = await clientOf([{ status: 200, body: { database: { uuid: 'x', [key]: usage } } }]);
    expect(await client.getDatabaseUsage('t-one')).toEqual({ rowsRead: 1, rowsWritten: 2, storageBytes: 3 });
  });

  describe('createDatabase', () => {
    it.each([
      TAKEN,
      { status: 400, body: { error: 'database with same name already exists' } },
      { status: 422, body: { error: 'database name t-one is not available' } },
    ])('rejects a name in use, reported as $status', async (taken) => {
      const { client, received } = await clientOf([taken, FOUND]);
      await expect(client.createDatabase({ name: 't-one' })).rejects.toMatchObject({
        code: 'database_exists',
        details: { name: 't-one' },
      });
      expect(received).toHaveLength(1);
    });

    it.each<[string, ScriptedAnswer]>([
      ['was lost', 'break'],
      ['was temporary', { status: 503 }],
    ])('returns the database that it created if the answer %s', async (_, lost) => {
      const { client, received } = await clientOf([lost, TAKEN, FOUND]);
      expect(await client.createDatabase({ name: 't-one' })).toMatchObject(INFO);
      expect(received.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET']);
    });

    it('does not adopt a database after an answer that proves that nothing was created', async () => {
      const { client } = await clientOf([{ status: 429, headers: { 'retry-after': '0' } }, TAKEN, FOUND]);
      await expect(client.createDatabase({ name: 't-one' })).rejects.toMatchObject({
        code: 'database_exists',
      });
    });

    it('does not adopt a database of another group', async () => {
      const { client } = await clientOf(['break', TAKEN, FOUND]);
      const creating = client.createDatabase({ name: 't-one', group: 'other' });
      await expect(creating).rejects.toMatchObject({ code: 'database_exists' });
    });

    it('names the missing or unknown setting', async () => {
      const { client, received } = await clientOf([], { group: undefined });
      await expect(client.createDatabase({ name: 't-one' })).rejects.toMatchObject({
        code: 'configuration_incomplete',
        details: { missing: ['group'] },
      });
      expect(received).toEqual([]);
      const { client: other } = await clientOf([{ status: 400, body: { error: 'group not found' } }]);
      await expect(other.createDatabase({ name: 't-one' })).rejects.toMatchObject({
        code: 'configuration_invalid',
        details: { settings: ['group'] },
      });
    });

    it('names the missing database to copy', async () => {
      const { client } = await clientOf([{ status: 400, body: { error: 'seed database does not exist' } }]);
      const seed = { type: 'database', name: 'template' } as const;
      await expect(client.createDatabase({ name: 't-one', seed })).rejects.toMatchObject({
        code: 'database_not_found',
        details: { databaseName: 'template' },
      });
    });

    it('sends the whole seconds of a timestamp, and none that is in the future or not in UTC', async () => {
      const { client, received } = await clientOf([CREATED]);
      const seedAt = (timestamp: string) => ({ type: 'database', name: 'source', timestamp }) as const;
      await client.createDatabase({ name: 't-one', seed: seedAt('2026-01-31T10:00:00.999Z') });
      expect(JSON.parse(received[0]?.body ?? '').seed).toEqual(seedAt('2026-01-31T10:00:00Z'));
      for (const [timestamp, code] of [
        [new Date(Date.now() + 60_000).toISOString(), 'point_in_time_unavailable'],
        ['2026-01-31T10:00:00+01:00', 'invalid_request'],
        ['', 'invalid_request'],
      ] as const)
        await expect(client.createDatabase({ name: 't-two', seed: seedAt(timestamp) })).rejects.toMatchObject(
          { code },
        );
      expect(received).toHaveLength(1);
    });

    it.each([
      ['timestamp is out of the recovery window', 'point_in_time_unavailable'],
      ['no recovery point found', 'point_in_time_unavailable'],
      ['', 'point_in_time_unavailable'],
      ['could not find database with name restored', 'database_not_found'],
      ['group not found', 'configuration_invalid'],
    ])('interprets the refusal of a timestamp: %s', async (error, code) => {
      const { client } = await clientOf([{ status: 400, body: { error } }]);
      const seed = { type: 'database', name: 'restored', timestamp: '2026-01-31T10:00:00Z' } as const;
      await expect(client.createDatabase({ name: 't-one', seed })).rejects.toMatchObject({ code });
    });

    it('refuses a name that would be too long for a host name with the organization', async () => {
      const { client, received } = await clientOf([]);
      const creating = client.createDatabase({ name: 'a'.repeat(59) });
      await expect(creating).rejects.toMatchObject({ code: 'invalid_request' });
      expect(received).toEqual([]);
    });
  });

  describe('after a refusal', () => {
    it.each<[ScriptedAnswer, object]>([
      [
        { status: 401, body: { error: 'token invalid' } },
        { code: 'unauthorized', details: { status: 401 } },
      ],
      [
        { status: 403, body: { error: 'no permission' } },
        { code: 'unauthorized', details: { status: 403 } },
      ],
      [
        { status: 402, body: { error: 'plan limit' } },
        { code: 'platform_refused', details: { status: 402 } },
      ],
      [
        { status: 418, body: 'not JSON' },
        { code: 'platform_refused', details: { status: 418 } },
      ],
      [MISSING, { code: 'database_not_found', details: { databaseName: 't-one' } }],
      [
        { status: 404, body: { error: 'could not find organization acme' } },
        { code: 'configuration_invalid', details: { settings: ['organizationSlug'] } },
      ],
      [{ status: 200, body: '<html>' }, { code: 'platform_refused' }],
      [{ status: 200, body: { database: {} } }, { code: 'platform_refused' }],
    ])('rejects %j without a retry', async (answer, expected) => {
      const { client, received } = await clientOf([answer]);
      await expect(client.getDatabaseUsage('t-one')).rejects.toMatchObject(expected);
      expect(received).toHaveLength(1);
    });

    it('finds no database, but does not confuse it with a wrong organization', async () => {
      const { client } = await clientOf([
        MISSING,
        MISSING,
        { status: 404, body: { error: 'organization not found' } },
      ]);
      expect(await client.getDatabase('t-one')).toBeNull();
      await client.deleteDatabase('t-one');
      const wrong = { code: 'configuration_invalid', details: { settings: ['organizationSlug'] } };
      await expect(client.getDatabase('t-one')).rejects.toMatchObject(wrong);
      await expect(client.deleteDatabase('t-one')).rejects.toMatchObject(wrong);
    });

    it('does not take the 404 of a proxy for a missing database', async () => {
      const page = { status: 404, body: '<html>Not Found</html>' };
      const { client } = await clientOf([page, page]);
      await expect(client.getDatabase('t-one')).rejects.toBeInstanceOf(ObjectStackError);
      await expect(client.deleteDatabase('t-one')).rejects.toBeInstanceOf(ObjectStackError);
    });

    it('takes a name that contains the words of another refusal for a name', async () => {
      const error = 'could not find database with name organization-group: record not found';
      const { client } = await clientOf([{ status: 404, body: { error } }]);
      expect(await client.getDatabase('organization-group')).toBeNull();
      await expect(client.getDatabaseUsage('organization-group')).rejects.toMatchObject({
        code: 'database_not_found',
      });
    });

    it('reports delete protection', async () => {
      const { client } = await clientOf([
        { status: 400, body: { error: 'database is protected from deletion' } },
      ]);
      await expect(client.deleteDatabase('t-one')).rejects.toMatchObject({
        code: 'database_blocked',
        details: { reason: 'delete_protection' },
      });
    });

    it('verifies organization, group and token with one call', async () => {
      const group = { status: 200, body: { group: { name: 'default' } } };
      const { client, received } = await clientOf([
        group,
        { status: 404, body: { error: 'group not found' } },
      ]);
      await client.checkGroup();
      expect(received[0]?.url).toBe('/v1/organizations/acme/groups/default');
      await expect(client.checkGroup()).rejects.toMatchObject({ details: { settings: ['group'] } });
    });
  });

  describe('retries', () => {
    it.each([408, 429, 500, 502, 503, 504])('a call after the status %i', async (status) => {
      const { client, received } = await clientOf([{ status }, { status }, FOUND]);
      expect(await client.getDatabase('t-one')).toMatchObject(INFO);
      expect(received).toHaveLength(3);
    });

    it('waits as long as the server asks', async () => {
      const { client } = await clientOf([{ status: 429, headers: { 'retry-after': '1' } }, FOUND]);
      const start = performance.now();
      await client.getDatabase('t-one');
      expect(performance.now() - start).toBeGreaterThan(950);
    });

    it('does not wait beyond its deadline', async () => {
      const answer = { status: 429, headers: { 'retry-after': '3600' } };
      const { client, received } = await clientOf([answer]);
      await expect(client.getDatabase('t-one')).rejects.toMatchObject({
        code: 'platform_unavailable',
        retryable: true,
        details: { status: 429 },
      });
      expect(received).toHaveLength(1);
    });

    it('gives up after the configured number', async () => {
      const { client, received } = await clientOf([{ status: 503 }], { maxRetries: 2 });
      await expect(client.listDatabases()).rejects.toMatchObject({ code: 'platform_unavailable' });
      expect(received).toHaveLength(3);
    });

    it('an attempt that hangs, and reports a timeout when the time of the call ends', async () => {
      const { client, received } = await clientOf(['hang', FOUND], { attemptTimeoutMs: 100 });
      expect(await client.getDatabase('t-one')).toMatchObject(INFO);
      expect(received).toHaveLength(2);
      const hanging = await clientOf(['hang'], { attemptTimeoutMs: 100, timeoutMs: 400 });
      await expect(hanging.client.getDatabase('t-one')).rejects.toMatchObject({ code: 'request_timeout' });
      expect(hanging.received.length).toBeGreaterThan(1);
    });

    it('a server that cannot be reached', async () => {
      const client = new TursoPlatformClient({
        organizationSlug: 'acme',
        group: 'default',
        platformToken: TOKEN,
        apiUrl: 'http://127.0.0.1:9',
        maxRetries: 1,
      });
      await expect(client.getDatabase('t-one')).rejects.toMatchObject({ code: 'platform_unavailable' });
    });

    it('ends immediately when the caller aborts, while it sends and while it waits', async () => {
      for (const answer of ['hang', { status: 503, headers: { 'retry-after': '20' } }] as const) {
        const { client, received } = await clientOf([answer]);
        const controller = new AbortController();
        const deleting = client.deleteDatabase('t-one', { signal: controller.signal });
        setTimeout(() => controller.abort(), 100);
        const start = performance.now();
        await expect(deleting).rejects.toMatchObject({ code: 'aborted' });
        expect(performance.now() - start).toBeLessThan(5_000);
        expect(received).toHaveLength(1);
      }
    });
  });

  describe('keeps its token secret', () => {
    it('in every error, with all its causes, and in what inspect shows', async () => {
      const echo = { error: `token ${TOKEN} of Bearer ${TOKEN} refused`, token: TOKEN };
      for (const status of [200, 301, 400, 401, 402, 403, 404, 409, 418, 422, 500]) {
        const { client } = await clientOf([{ status, body: echo, headers: { location: `/?t=${TOKEN}` } }], {
          maxRetries: 0,
        });
        const error = await rejectionOf(client.createDatabase({ name: 't-one' }));
        expect(ObjectStackError.isInstance(error)).toBe(true);
        const shown = inspect([error, client], { depth: 20, showHidden: true }) + JSON.stringify(error);
        expect(shown).not.toContain(TOKEN);
      }
    });

    it.each([
      'http://api.example.com',
      'ftp://127.0.0.1',
      'https://user:password@api.example.com',
      'https://api.example.com?token=x',
      'nowhere',
    ])('from the network: it refuses the URL %s', (apiUrl) => {
      const options = { organizationSlug: 'acme', platformToken: TOKEN, apiUrl };
      expect(() => new TursoPlatformClient(options)).toThrow(
        expect.objectContaining({ code: 'configuration_invalid', details: { option: 'apiUrl' } }),
      );
    });

    it('from other servers: a redirect is not followed', async () => {
      const elsewhere = await scriptedServer([FOUND]);
      for (const status of [301, 302, 307, 308]) {
        const { client, received } = await clientOf([
          { status, headers: { location: `${elsewhere.url}/x` } },
        ]);
        await expect(client.getDatabase('t-one')).rejects.toMatchObject({
          code: 'platform_refused',
          details: { status, reason: 'redirect' },
        });
        expect(received).toHaveLength(1);
      }
      expect(elsewhere.received).toEqual([]);
    });

    it('reads it for each request, and hides why that failed', async () => {
      let count = 0;
      const { client, received } = await clientOf([FOUND], { platformToken: async () => `token-${count++}` });
      await client.getDatabase('t-one');
      await client.getDatabase('t-one');
      expect(received.map(({ headers }) => headers.authorization)).toEqual([
        'Bearer token-0',
        'Bearer token-1',
      ]);
      const failing = await clientOf([FOUND], {
        platformToken: () => {
          throw new Error(TOKEN);
        },
      });
      const error = await rejectionOf(failing.client.getDatabase('t-one'));
      expect(error).toMatchObject({ code: 'unauthorized' });
      expect(inspect(error, { depth: 20 })).not.toContain(TOKEN);
      const hanging = await clientOf([FOUND], { platformToken: () => new Promise(() => {}), timeoutMs: 200 });
      await expect(hanging.client.getDatabase('t-one')).rejects.toMatchObject({ code: 'request_timeout' });
    });
  });

  it('does not read an answer without end', async () => {
    const body = JSON.stringify({ error: 'x'.repeat(20_000_000) });
    const { client } = await clientOf([{ status: 200, body }]);
    await expect(client.getDatabase('t-one')).rejects.toMatchObject({ code: 'platform_refused' });
  });
});
