import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { LIMITS, ObjectStackError } from '@objectstack/spec/shared';
import { type S3Fault, withResolvers } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { s3Options, s3Store } from '../../test/s3-store.js';
import type { S3BundleStoreOptions } from './read-s3-options.js';
import { s3BundleStore } from './s3-bundle-store.js';

const CANARY = 'canary-secret';
const DAY_MS = 24 * 60 * 60 * 1_000;
const bytes = new TextEncoder().encode('{"manifest":{"version":"1.0.0"}}');
const checksum = createHash('sha256').update(bytes).digest('hex');
const NO_RETRIES = { maxRetries: 0 };

/** The error of the work, which must be typed and contain neither a secret, a host nor a text of the server. */
async function errorOf(work: Promise<unknown> | (() => unknown)): Promise<ObjectStackError> {
  const error = await Promise.resolve(typeof work === 'function' ? Promise.resolve().then(work) : work).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ObjectStackError.isInstance(error)) throw new Error(`It is not typed: ${inspect(error)}`);
  const shown = `${inspect(error, { depth: 10 })}${JSON.stringify(error)}`;
  expect(shown).not.toMatch(/canary-secret|127\.0\.0\.1|test\/secret|AWS4/);
  return error;
}

const COMPLETE = {
  endpoint: 'https://s3.invalid',
  region: 'auto',
  bucket: 'bundles',
  credentials: { accessKeyId: 'key', secretAccessKey: CANARY },
} satisfies S3BundleStoreOptions;

describe('s3BundleStore', () => {
  it.each([
    ['nothing', undefined, ['endpoint', 'region', 'bucket', 'credentials']],
    ['no bucket', { ...COMPLETE, bucket: undefined }, ['bucket']],
    ['no credentials', { ...COMPLETE, credentials: undefined }, ['credentials']],
  ])('rejects incomplete options: %s', async (_, options, missing) => {
    expect(await errorOf(() => s3BundleStore(options as never))).toMatchObject({
      code: 'configuration_incomplete',
      details: { missing },
    });
  });

  it.each([
    ['endpoint', 's3.invalid'],
    ['endpoint', 'ftp://s3.invalid'],
    ['endpoint', 'https://s3.invalid//'],
    ['endpoint', `https://user:${CANARY}@s3.invalid`],
    ['endpoint', `https://s3.invalid/?${CANARY}`],
    ['region', 'eu central'],
    ['bucket', 'Bundles'],
    ['bucket', ''],
    ['bucket', '../other'],
    ['prefix', ''],
    ['prefix', 'a//b'],
    ['prefix', '../other'],
    ['prefix', '/a'],
    ['prefix', 'a<b'],
    ['credentials', CANARY],
    ['credentials', { accessKeyId: 'key', secretAccessKey: `${CANARY}\n` }],
    ['credentials', { accessKeyId: 'key' }],
    ['timeoutMs', 0],
    ['maxRetries', -1],
    ['unknown', 1],
  ])('rejects the option %s = %j', async (name, value) => {
    const error = await errorOf(() => s3BundleStore({ ...COMPLETE, [name]: value } as never));
    expect(error).toMatchObject({ code: 'configuration_invalid', details: { settings: [name] } });
  });

  it('rejects options that cannot be read', async () => {
    const hostile = new Proxy(COMPLETE, {
      ownKeys: () => {
        throw new Error(CANARY);
      },
    });
    expect(await errorOf(() => s3BundleStore(hostile))).toMatchObject({ code: 'configuration_invalid' });
  });

  it('writes under prefix, checksum and month, and reads it with one request', async () => {
    const clock = new ManualClock();
    const { server, store } = await s3Store({ clock, prefix: 'apps/v1' });
    await store.put(bytes);
    expect([...server.objects]).toEqual([[`apps/v1/${checksum}/2026-01`, Buffer.from(bytes)]]);
    const before = server.requests.length;
    expect(await store.get(checksum)).toEqual(bytes);
    expect(server.requests.slice(before)).toEqual([`GET /test-bucket/apps/v1/${checksum}/2026-01`]);
  });

  it('writes a further copy at the first use in a month', async () => {
    const clock = new ManualClock();
    const { server, store } = await s3Store({ clock });
    await store.put(bytes);
    clock.advance(40 * DAY_MS);
    await store.get(checksum);
    await store.get(checksum);
    const months = [...server.objects.keys()].map((key) => key.slice(-7));
    expect(months).toEqual(['2026-01', '2026-02']);
    expect(server.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(2);
  });

  it('leaves other objects and the bundles of other prefixes alone', async () => {
    const clock = new ManualClock();
    const { server, store } = await s3Store({ clock, prefix: 'a' });
    const other = s3BundleStore(s3Options(server, { clock, prefix: 'ab' }));
    await other.put(bytes);
    const foreign = ['a/readme', `a/${checksum}/2026-13`, `a/${checksum}x/2026-01`, 'a0'];
    for (const key of foreign) server.objects.set(key, Buffer.from('foreign'));
    server.configure({ pageSize: 1 });
    clock.advance(100 * DAY_MS);
    const now = clock.now().toISOString();
    expect(await store.listUnused(now)).toEqual({ checksums: [], nextCursor: null });
    expect(await store.removeUnused(checksum, now)).toBe(false);
    await expect(store.get(checksum)).rejects.toMatchObject({ code: 'bundle_not_found' });
    expect(server.objects.size).toBe(5);
  });

  it('reads the older copy if the latest is damaged, and repairs that', async () => {
    const clock = new ManualClock();
    const { server, store } = await s3Store({ clock });
    await store.put(bytes);
    clock.advance(40 * DAY_MS);
    const key = `bundles/${checksum}/2026-02`;
    server.objects.set(key, Buffer.from('damaged'));
    expect(await store.get(checksum)).toEqual(bytes);
    expect(server.objects.get(key)).toEqual(Buffer.from(bytes));
  });

  it('accepts temporary credentials, and requests them for each request', async () => {
    const { server } = await s3Store();
    const { accessKeyId, secretAccessKey } = server.access;
    let calls = 0;
    const credentials = async () => {
      calls++;
      return { accessKeyId, secretAccessKey, sessionToken: CANARY, expiration: new Date() };
    };
    Object.assign(server.access, { sessionToken: CANARY });
    const store = s3BundleStore(s3Options(server, { credentials }));
    await store.put(bytes);
    expect(calls).toBe(2);
    Object.assign(server.access, { sessionToken: 'renewed' });
    expect(await errorOf(store.get(checksum))).toMatchObject({
      code: 'configuration_invalid',
      details: { settings: ['credentials'], reason: 'InvalidToken' },
    });
  });

  it.each([
    ['throws', () => Promise.reject(new Error(CANARY)), 'bundle_store_unavailable'],
    ['returns nothing', () => undefined, 'configuration_invalid'],
    ['returns other keys', () => ({ key: CANARY }), 'configuration_invalid'],
    ['never ends', () => new Promise(() => undefined), 'request_timeout'],
  ])('reports a function for the credentials that %s', async (_, credentials, code) => {
    const changes = { credentials: credentials as never, ...NO_RETRIES, attemptTimeoutMs: 100 };
    const { server, store } = await s3Store(changes);
    expect(await errorOf(store.get(checksum))).toMatchObject({ code });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['secret', { secretAccessKey: CANARY }, ['credentials'], 'SignatureDoesNotMatch'],
    ['access key', { accessKeyId: 'OTHER' }, ['credentials'], 'InvalidAccessKeyId'],
    ['region', { region: 'us-east-1' }, ['region', 'endpoint'], 'AuthorizationHeaderMalformed'],
  ])('reports a wrong %s', async (_, changes, settings, reason) => {
    const { server } = await s3Store();
    const { region = server.access.region, ...keys } = changes as { region?: string };
    const { accessKeyId, secretAccessKey } = server.access;
    const credentials = { accessKeyId, secretAccessKey, ...keys };
    const store = s3BundleStore(s3Options(server, { region, credentials }));
    for (const work of [() => store.put(bytes), () => store.get(checksum)])
      expect(await errorOf(work)).toMatchObject({
        code: 'configuration_invalid',
        retryable: false,
        details: { settings, reason },
      });
    expect(server.objects.size).toBe(0);
  });

  it('reports a missing bucket in every method', async () => {
    const { server } = await s3Store();
    const store = s3BundleStore(s3Options(server, { bucket: 'other' }));
    const now = '2026-01-01T00:00:00.000Z';
    for (const work of [
      () => store.put(bytes),
      () => store.get(checksum),
      () => store.listUnused(now),
      () => store.removeUnused(checksum, now),
    ])
      expect(await errorOf(work)).toMatchObject({
        code: 'configuration_invalid',
        details: { settings: ['bucket'], reason: 'NoSuchBucket' },
      });
  });

  it('reports a bucket that is read-only, and still reads from it', async () => {
    const { server, store } = await s3Store();
    await store.put(bytes);
    server.configure({ readOnly: true });
    expect(await store.get(checksum)).toEqual(bytes);
    expect(await errorOf(store.put(new Uint8Array([1])))).toMatchObject({
      code: 'database_blocked',
      details: { reason: 'AccessDenied' },
    });
  });

  it.each([20, -20])('reports a clock that differs by %i minutes', async (minutes) => {
    const { server, store } = await s3Store();
    server.configure({ clockOffsetMs: minutes * 60_000 });
    expect(await errorOf(store.put(bytes))).toMatchObject({
      code: 'configuration_invalid',
      details: { settings: ['clock'], reason: 'RequestTimeTooSkewed' },
    });
  });

  it.each([
    [301, 'PermanentRedirect', 'configuration_invalid'],
    [307, undefined, 'configuration_invalid'],
    [403, undefined, 'database_blocked'],
    [507, undefined, 'database_full'],
    [400, 'canary-secret', 'bundle_store_refused'],
    [418, 'Teapot', 'bundle_store_refused'],
  ])('reports the status %i with the code %s without a retry', async (status, reason, code) => {
    const { server, store } = await s3Store();
    server.inject({ kind: 'answer', status, ...(reason !== undefined && { code: reason }) });
    expect(await errorOf(store.get(checksum))).toMatchObject({ code, retryable: false });
    expect(server.requests).toHaveLength(1);
  });

  it.each<S3Fault>([
    { kind: 'answer', status: 503, code: 'SlowDown', retryAfter: '0' },
    { kind: 'answer', status: 500 },
    { kind: 'answer', status: 400, code: 'RequestTimeout' },
    { kind: 'lose-answer' },
    { kind: 'cut' },
  ])('retries after $kind $status', async (fault) => {
    const { server, store } = await s3Store();
    server.inject(fault, { times: 2 });
    expect(await store.put(bytes)).toBe(checksum);
    server.inject(fault, { times: 2 });
    expect(await store.get(checksum)).toEqual(bytes);
    expect(server.objects.size).toBe(1);
  });

  it('writes once if the answer of a write was lost, or other processes write at once', async () => {
    const { server, store } = await s3Store();
    server.inject({ kind: 'lose-answer' }, { method: 'PUT' });
    server.inject({ kind: 'answer', status: 409, code: 'ConditionalRequestConflict' }, { method: 'PUT' });
    expect(await store.put(bytes)).toBe(checksum);
    expect(server.requests.map((request) => request.split(' ')[0])).toEqual([
      'GET',
      'PUT',
      'PUT',
      'PUT',
      'GET',
    ]);
  });

  it('does not wait longer than the deadline permits', async () => {
    const { server, store } = await s3Store({ timeoutMs: 50_000 });
    server.inject({ kind: 'answer', status: 503, retryAfter: '3600' }, { times: 9 });
    const error = await errorOf(store.get(checksum));
    expect(error).toMatchObject({
      code: 'bundle_store_unavailable',
      retryable: true,
      details: { status: 503 },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('gives up after the maximum number of retries', async () => {
    const { server, store } = await s3Store({ maxRetries: 2 });
    server.inject({ kind: 'answer', status: 503 }, { times: 9 });
    expect(await errorOf(store.get(checksum))).toMatchObject({ code: 'bundle_store_unavailable' });
    expect(server.requests).toHaveLength(3);
  });

  it.each<S3Fault>([{ kind: 'stall' }, { kind: 'stall-body' }])('ends in time after $kind', async (fault) => {
    const { server, store } = await s3Store({ attemptTimeoutMs: 100, ...NO_RETRIES });
    server.inject(fault);
    expect(await errorOf(store.get(checksum))).toMatchObject({ code: 'request_timeout', retryable: true });
  });

  it.each<S3Fault>([
    { kind: 'stall' },
    { kind: 'stall-body' },
    { kind: 'answer', status: 503, retryAfter: '40' },
  ])('can be aborted during $kind', async (fault) => {
    const arrived = withResolvers<void>();
    const { server, store } = await s3Store({
      credentials: () => {
        arrived.resolve();
        const { accessKeyId, secretAccessKey } = server.access;
        return { accessKeyId, secretAccessKey };
      },
    });
    server.inject(fault);
    const controller = new AbortController();
    const reading = errorOf(store.get(checksum, { signal: controller.signal }));
    await arrived.promise;
    controller.abort();
    expect(await reading).toMatchObject({ code: 'aborted' });
  });

  it('reports a server that cannot be reached', async () => {
    const { server } = await s3Store();
    await server.stop();
    const store = s3BundleStore(s3Options(server, NO_RETRIES));
    expect(await errorOf(store.put(bytes))).toMatchObject({
      code: 'bundle_store_unavailable',
      details: { reason: 'ECONNREFUSED' },
    });
  });

  it.each([
    ['a changed byte', (body: Buffer) => Buffer.concat([body.subarray(1), Buffer.from('x')])],
    ['a shortened body', (body: Buffer) => body.subarray(0, 10)],
    ['no body', () => Buffer.alloc(0)],
    ['another body', () => Buffer.from('<html>')],
  ])('never returns %s, and reads again once', async (_, rewrite) => {
    const { server, store } = await s3Store();
    await store.put(bytes);
    server.inject({ kind: 'rewrite', rewrite });
    expect(await store.get(checksum)).toEqual(bytes);
    server.inject({ kind: 'rewrite', rewrite }, { times: 2 });
    expect(await errorOf(store.get(checksum))).toMatchObject({
      code: 'bundle_corrupt',
      details: { checksum },
    });
  });

  it('stops reading an object that is larger than any bundle', async () => {
    const { server, store } = await s3Store();
    await store.put(bytes);
    const huge = Buffer.alloc(LIMITS.maxBundleBytes + 1);
    server.inject({ kind: 'rewrite', rewrite: () => huge }, { times: 2 });
    expect(await errorOf(store.get(checksum))).toMatchObject({ code: 'bundle_corrupt' });
  });

  it('rejects bytes that are more than a bundle can have', async () => {
    const { server, store } = await s3Store();
    expect(await errorOf(store.put(new Uint8Array(LIMITS.maxBundleBytes + 1)))).toMatchObject({
      code: 'bundle_too_large',
      details: { limit: 'maxBundleBytes', maximum: LIMITS.maxBundleBytes },
    });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['is no list', Buffer.from('<html>canary-secret</html>')],
    ['is too large', Buffer.alloc(5_000_000, 'ListBucketResult')],
  ])('rejects an answer to a list that %s', async (_, answer) => {
    const { server, store } = await s3Store();
    server.inject({ kind: 'rewrite', rewrite: () => answer });
    expect(await errorOf(store.listUnused('2026-01-01T00:00:00.000Z'))).toMatchObject({
      code: 'bundle_store_refused',
      details: { status: 200 },
    });
  });

  it('verifies what a server without conditional writes has stored', async () => {
    const { server, store } = await s3Store();
    server.configure({ conditionalWrites: 'unsupported' });
    await store.put(bytes);
    server.inject({ kind: 'rewrite', rewrite: () => Buffer.from('other') }, { method: 'GET', times: 4 });
    expect(await errorOf(store.put(bytes))).toMatchObject({
      code: 'bundle_store_refused',
      details: { reason: 'the stored bytes differ from those that were sent' },
    });
    const { length } = server.requests;
    await store.put(new Uint8Array([1]));
    const methods = server.requests.slice(length).map((request) => request.split(' ')[0]);
    expect(methods).toEqual(['GET', 'PUT', 'GET']);
  });
});
