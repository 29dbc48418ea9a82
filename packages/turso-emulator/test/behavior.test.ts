import { setTimeout as delay } from 'node:timers/promises';
import { TursoPlatformClient } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { createClient } from '@tursodatabase/api';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { startTursoEmulator } from '../src/index.js';
import { call, driverOf, sharedEmulator } from './shared-emulator.js';

const shared = sharedEmulator();
afterEach(() => shared().emulator.clearFaults());

const clientOf = ({ url, organizationSlug, platformToken }: Awaited<ReturnType<typeof startTursoEmulator>>) =>
  new TursoPlatformClient({ apiUrl: url, organizationSlug, platformToken, group: 'default' });

describe('startTursoEmulator', () => {
  it('answers 404 for a new database until it is served', async () => {
    const emulator = await startTursoEmulator({ servedAfterMs: 1_000 });
    onTestFinished(() => emulator.stop());
    const client = clientOf(emulator);
    const { url } = await client.createDatabase({ name: 'new' });
    const { jwt } = await client.createToken('new', 'full-access');
    const driver = driverOf(url, jwt);
    await expect(driver.connect()).rejects.toMatchObject({ code: 'database_not_found' });
    await delay(1_000);
    await driver.connect();
  });

  it('has the same databases and valid tokens after a restart', async () => {
    const dir = await temporaryFolder();
    const first = await startTursoEmulator({ dir, platformTokens: [{ token: 'x' }] });
    const created = await clientOf(first).createDatabase({ name: 'kept' });
    const { jwt } = await clientOf(first).createToken('kept', 'full-access');
    const driver = driverOf(created.url, jwt);
    await driver.connect();
    await driver.execute('CREATE TABLE t (a TEXT)');
    await first.stop();
    const second = await startTursoEmulator({ dir, platformTokens: [{ token: 'x' }] });
    onTestFinished(() => second.stop());
    const found = await clientOf(second).getDatabase('kept');
    expect(found?.dbId).toBe(created.dbId);
    const again = driverOf(found?.url ?? '', jwt);
    await again.connect();
    expect((await again.execute('SELECT a FROM t')).rows).toEqual([]);
  });

  it.each(['lost_request', 'lost_answer', 'status'] as const)(
    'injects the fault %s, which the client survives without a second database',
    async (kind) => {
      const { emulator, client } = shared();
      const name = `fault-${kind.replace('_', '-')}`;
      emulator.addFault({ kind, method: 'POST', path: '/databases' });
      const created = await client.createDatabase({ name });
      expect(await client.getDatabase(name)).toMatchObject({ dbId: created.dbId });
      expect((await client.listDatabases()).filter((one) => one.name === name)).toHaveLength(1);
    },
  );

  it('injects delays, unanswered requests and Retry-After, after a number of requests', async () => {
    const { emulator, client } = shared();
    emulator.addFault({ kind: 'latency', latencyMs: 300, after: 1 });
    const timeOf = async () => {
      const start = performance.now();
      await client.listDatabases();
      return performance.now() - start;
    };
    await timeOf();
    expect(await timeOf()).toBeGreaterThan(290);
    emulator.addFault({ kind: 'status', status: 429, retryAfter: '1' });
    expect(await timeOf()).toBeGreaterThan(950);
    emulator.addFault({ kind: 'hang' });
    const impatient = new TursoPlatformClient({
      apiUrl: emulator.url,
      organizationSlug: emulator.organizationSlug,
      platformToken: emulator.platformToken,
      attemptTimeoutMs: 200,
      maxRetries: 0,
    });
    await expect(impatient.listDatabases()).rejects.toMatchObject({ code: 'request_timeout' });
  });

  it('accepts faults over HTTP', async () => {
    const fault = { kind: 'status', status: 418 };
    expect((await call(shared(), '/_emulator/faults', { method: 'POST', body: fault })).status).toBe(200);
    expect((await call(shared(), 'databases')).status).toBe(418);
    expect((await call(shared(), 'databases')).status).toBe(200);
    expect(
      (await call(shared(), '/_emulator/faults', { method: 'POST', token: 'x', body: fault })).status,
    ).toBe(401);
  });

  it('serves the official client in the calls that it has', async () => {
    const { emulator } = shared();
    const turso = createClient({
      baseUrl: `${emulator.url}/v1/`,
      org: emulator.organizationSlug,
      token: emulator.platformToken,
    } as Parameters<typeof createClient>[0]);
    const created = await turso.databases.create('official', { group: 'default' });
    expect(created.name).toBe('official');
    expect((await turso.databases.get('official')).id).toBe(created.id);
    expect((await turso.databases.list()).map(({ name }) => name)).toContain('official');
    expect((await turso.databases.usage('official')).uuid).toBe(created.id);
    const { jwt } = await turso.databases.createToken('official', {
      expiration: '1d',
      authorization: 'read-only',
    });
    const driver = driverOf(`http://${created.hostname}`, jwt);
    await driver.connect();
    await expect(driver.execute('CREATE TABLE t (a)')).rejects.toMatchObject({ code: 'unauthorized' });
    expect((await turso.groups.list()).map(({ name }) => name)).toEqual(['default']);
    expect((await turso.groups.get('default')).name).toBe('default');
    expect(Object.keys(await turso.locations.list()).length).toBeGreaterThan(0);
    await turso.databases.delete('official');
    await expect(turso.databases.get('official')).rejects.toThrow(/could not find database/);
  });
});
