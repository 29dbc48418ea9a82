import { setTimeout as delay } from 'node:timers/promises';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { TursoConfigInput } from '@objectstack/spec/data';
import { startSqld } from '@objectstack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { object } from '../../../test/database.js';
import { sharedSqld } from '../../../test/transports.js';
import { createTursoDriver } from '../../driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../../migration/schema-diff-service.js';
import type { AuthToken } from './token-source.js';

const server = sharedSqld();
const THING = object('thing', { name: { type: 'text' }, big: { type: 'textarea' } });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => error.code,
  );

const rejections: unknown[] = [];
const remember = (reason: unknown) => rejections.push(reason);
beforeAll(() => void process.on('unhandledRejection', remember));
afterAll(async () => {
  await delay(20);
  process.off('unhandledRejection', remember);
  expect(rejections).toEqual([]);
});

async function open(
  config: Omit<TursoConfigInput, 'url'> = {},
  { authToken, maxSize }: { authToken?: AuthToken; maxSize?: string } = {},
) {
  const database = await server().createDatabase({ ...(maxSize && { maxSize }) });
  const owner = createTursoDriver({ url: database.url }, { authToken: database.token });
  await owner.connect();
  await owner.syncSchema('thing', THING);
  const driver = createTursoDriver(
    { url: database.url, ...config },
    { authToken: authToken ?? database.token },
  );
  return { ...database, owner, driver };
}

describe('a remote database', () => {
  it('retries requests that had no effect, up to the limit', async () => {
    const { driver } = await open({ maxRetries: 3 });
    await driver.connect();
    for (const status of [429, 503]) {
      server().inject({ kind: 'answer', status, times: 3, retryAfter: '0' });
      expect((await driver.create('thing', { name: String(status) })).name).toBe(String(status));
      server().inject({ kind: 'answer', status, times: 4, retryAfter: '0' });
      expect(await codeOf(driver.create('thing', {}))).toBe('database_unreachable');
    }
    expect(await driver.count('thing')).toBe(2);
  });

  it('sends a request again that a server refused while it replaced an open database, also in a transaction', async () => {
    const { driver } = await open({ maxRetries: 2 });
    await driver.connect();
    const body = '{"error":"Namespace `db1` doesn\'t exist"}';
    const replaced = (times: number) => server().inject({ kind: 'answer', status: 404, times, body });
    replaced(2);
    expect((await driver.create('thing', { name: 'a' })).name).toBe('a');
    const transaction = await driver.beginTransaction();
    replaced(2);
    await driver.create('thing', { name: 'b' }, { transaction });
    replaced(1);
    await driver.commit(transaction);
    expect(await driver.count('thing')).toBe(2);
    replaced(3);
    expect(await codeOf(driver.find('thing'))).toBe('database_not_found');
    server().inject({ kind: 'answer', status: 404, times: 1 });
    expect(await codeOf(driver.find('thing'))).toBe('database_not_found');
    expect(await driver.count('thing')).toBe(2);
  });

  it('is not asked for metadata again after its retries are exhausted', async () => {
    const { driver } = await open({ maxRetries: 2 });
    server().inject({ kind: 'answer', status: 503, times: 3, retryAfter: '0' });
    expect(await codeOf(driver.connect())).toBe('database_unreachable');
    await driver.connect();
    server().inject({ kind: 'answer', status: 503, times: 3, retryAfter: '0' });
    expect(await codeOf(createSqliteSchemaDiff().introspect(driver))).toBe('database_unreachable');
    expect((await createSqliteSchemaDiff().introspect(driver)).tables).toHaveLength(1);
  });

  it('retries a read whose response was lost', async () => {
    const { driver } = await open();
    await driver.connect();
    server().inject({ kind: 'lose-answer', times: 2 });
    expect(await driver.count('thing')).toBe(0);
    server().inject({ kind: 'lose-answer', times: 1 });
    expect(await codeOf(driver.executeAtomic([{ sql: 'SELECT 1' }], { mode: 'read' }))).toBe('none');
  });

  it('stops waiting for a server that stalls', async () => {
    const { driver } = await open({ requestTimeoutMs: 150, maxRetries: 0 });
    await driver.connect();
    server().inject({ kind: 'stall', times: 1 });
    expect(await driver.create('thing', {}).catch((error) => error)).toMatchObject({
      code: 'request_timeout',
      details: { outcome: 'unknown' },
    });
    server().inject({ kind: 'stall', times: 1 });
    expect(await codeOf(driver.find('thing'))).toBe('request_timeout');
    expect(await driver.count('thing')).toBe(0);
  });

  it('ends a call that is aborted', async () => {
    const { driver } = await open();
    await driver.connect();
    const controller = new AbortController();
    server().inject({ kind: 'stall', times: 1 });
    const reading = driver.find('thing', {}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    expect(await codeOf(reading)).toBe('aborted');
    const before = server().requests();
    expect(await codeOf(driver.find('thing', {}, { signal: AbortSignal.abort() }))).toBe('aborted');
    expect(server().requests()).toBe(before);
  });

  it('requests a new token once when concurrent calls meet the rejected one', async () => {
    const asked: string[] = [];
    let name = '';
    let token = '';
    const authToken = async ({ reason }: { reason: string }) => {
      asked.push(reason);
      await delay(10);
      token = server().token(name, { expiresInSeconds: reason === 'initial' ? -3_600 : 60 + asked.length });
      return token;
    };
    const opened = await open({}, { authToken });
    name = opened.name;
    await opened.driver.connect();
    expect(asked).toEqual(['initial', 'refused']);
    server().inject({ kind: 'refuse-token', token, times: 5 });
    await Promise.all(Array.from({ length: 5 }, () => opened.driver.count('thing')));
    expect(asked).toEqual(['initial', 'refused', 'refused']);
  });

  it('is unauthorized with an expired, a foreign, a read-only or no token, and reveals none of them', async () => {
    const { url, name } = await open();
    const tokens = {
      expired: server().token(name, { expiresInSeconds: -3_600 }),
      garbage: 'CANARY-TOKEN',
      readOnly: server().token(name, { access: 'ro' }),
    };
    for (const token of [tokens.expired, tokens.garbage]) {
      const error = await createTursoDriver({ url }, { authToken: token })
        .connect()
        .catch((thrown) => thrown);
      expect(error.code).toBe('unauthorized');
      expect(`${JSON.stringify(error)} ${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(
        token,
      );
    }
    expect(await codeOf(createTursoDriver({ url }).connect())).toBe('unauthorized');
    const failing = () => Promise.reject(new Error('CANARY-REASON'));
    const error = await createTursoDriver({ url }, { authToken: failing })
      .connect()
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'unauthorized' });
    expect(`${error.stack} ${String(error.cause)}`).not.toContain('CANARY');
    const reader = createTursoDriver({ url }, { authToken: tokens.readOnly });
    await reader.connect();
    expect(await reader.count('thing')).toBe(0);
    expect(await codeOf(reader.create('thing', {}))).toBe('unauthorized');
  });

  it('is not found if it does not exist or the token is for another database', async () => {
    const { url, name, driver } = await open();
    const foreign = (await server().createDatabase()).token;
    expect(await codeOf(createTursoDriver({ url }, { authToken: foreign }).connect())).toMatch(
      /database_not_found|unauthorized/,
    );
    await driver.connect();
    await server().deleteDatabase(name);
    expect(await codeOf(driver.find('thing'))).toMatch(/database_not_found|unauthorized/);
  });

  it('reports that it is blocked', async () => {
    const { driver, name } = await open();
    await driver.connect();
    await driver.create('thing', { name: 'before' });
    await server().block(name, { reads: false, writes: true });
    expect(await codeOf(driver.create('thing', {}))).toBe('database_blocked');
    expect(await driver.count('thing')).toBe(1);
    await server().block(name, { reads: true, writes: true });
    expect(await codeOf(driver.count('thing'))).toBe('database_blocked');
    await server().block(name, { reads: false, writes: false });
    expect(await driver.count('thing')).toBe(1);
  });

  it('reports that it is full, and stays readable', async () => {
    const { driver } = await open({}, { maxSize: '300kb' });
    await driver.connect();
    const big = 'x'.repeat(50_000);
    const codes: string[] = [];
    for (let index = 0; index < 12; index++) codes.push(await codeOf(driver.create('thing', { big })));
    expect(new Set(codes)).toEqual(new Set(['none', 'database_full']));
    expect(await driver.count('thing')).toBe(codes.filter((code) => code === 'none').length);
  });

  it('does not block other writers when a client disconnects during a statement', async () => {
    const { driver, owner } = await open();
    await driver.connect();
    const transaction = await driver.beginTransaction();
    const records = Array.from({ length: 300 }, (_, index) => ({ name: `n${index}` }));
    const writing = records.map((record) => driver.create('thing', record, { transaction }));
    const codes = Promise.all(writing.map(codeOf));
    await writing[2];
    await driver.disconnect();
    expect(await codes).toContain('invalid_transaction');
    const start = performance.now();
    await owner.create('thing', { name: 'later' });
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(await owner.count('thing')).toBe(1);
  });

  it('loses only the open transaction when the server restarts', async () => {
    const own = await startSqld();
    try {
      const { url, token } = await own.createDatabase();
      const driver: IDataDriver = createTursoDriver({ url, maxRetries: 1 }, { authToken: token });
      await driver.connect();
      await driver.syncSchema('thing', THING);
      const transaction = await driver.beginTransaction();
      await driver.create('thing', { name: 'inside' }, { transaction });
      await own.kill();
      expect(await codeOf(driver.create('thing', {}, { transaction }))).toMatch(
        /database_unreachable|transaction_expired/,
      );
      expect(await codeOf(driver.commit(transaction))).toBe('transaction_expired');
      expect(await codeOf(driver.executeAtomic([{ sql: 'SELECT 1' }]))).toBe('database_unreachable');
      expect(await driver.checkHealth()).toBe(false);
      await driver.rollback(transaction);
    } finally {
      await own.stop();
    }
  });

  it('reports a table that was dropped outside of a deployment', async () => {
    const { driver, owner } = await open();
    await driver.connect();
    await owner.execute('DROP TABLE thing');
    for (const call of [() => driver.find('thing'), () => driver.create('thing', {})])
      expect(await codeOf(call())).toBe('sql_error');
  });
});

describe('createTursoDriver', () => {
  it.each([
    ['http://example.com', 'configuration_invalid'],
    ['https://user:CANARY@example.com', 'configuration_invalid'],
    ['libsql://example.com?authToken=CANARY', 'configuration_invalid'],
    ['libsql://example.com?tls=0', 'configuration_invalid'],
    ['https://example.com#CANARY', 'configuration_invalid'],
    ['ws://localhost', 'configuration_invalid'],
    ['nonsense', 'configuration_invalid'],
    ['https://', 'configuration_invalid'],
    ['', 'configuration_invalid'],
  ])('refuses %s', (url, code) => {
    const make = () => createTursoDriver({ url });
    expect(make).toThrow(expect.objectContaining({ code }));
    expect(make).not.toThrow(/CANARY/);
  });

  it('refuses an embedded replica', () => {
    expect(() => createTursoDriver({ url: 'file:a.db', syncUrl: 'libsql://example.com' })).toThrow(
      expect.objectContaining({
        code: 'not_supported',
        details: expect.objectContaining({ feature: 'embedded_replica' }),
      }),
    );
  });

  it('rejects an unreachable server', async () => {
    const driver = createTursoDriver({ url: 'http://127.0.0.1:1', maxRetries: 1 });
    expect(await driver.connect().catch((error) => error)).toMatchObject({
      code: 'database_unreachable',
      retryable: true,
    });
    expect(await driver.checkHealth()).toBe(false);
  });
});
