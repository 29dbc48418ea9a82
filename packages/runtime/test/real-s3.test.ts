import { createHash, randomUUID } from 'node:crypto';
import { describeBundleStore, type TestRunner } from '@objectstack/conformance';
import { sampledIt, sharedSwift, signatureOf, whyNoSwift } from '@objectstack/testing';
import { AwsClient } from 'aws4fetch';
import { beforeAll, describe, expect, it } from 'vitest';
import type { S3BundleStoreOptions } from '../src/s3/read-s3-options.js';
import { s3AppRegistry } from '../src/s3/s3-app-registry.js';
import { s3BundleStore } from '../src/s3/s3-bundle-store.js';
import { CONTACTS } from './app-plane.js';

/** A bucket that tests can write to; they remove what they wrote. */
interface Bucket extends Pick<S3BundleStoreOptions, 'endpoint' | 'region' | 'bucket'> {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const given = process.env;

/** The bucket of the environment variables, if they are set. */
function givenBucket(): Bucket | undefined {
  const endpoint = given.OBJECTSTACK_TEST_S3_ENDPOINT;
  if (!endpoint) return undefined;
  return {
    endpoint,
    region: given.OBJECTSTACK_TEST_S3_REGION ?? 'auto',
    bucket: given.OBJECTSTACK_TEST_S3_BUCKET ?? '',
    credentials: {
      accessKeyId: given.OBJECTSTACK_TEST_S3_ACCESS_KEY_ID ?? '',
      secretAccessKey: given.OBJECTSTACK_TEST_S3_SECRET_ACCESS_KEY ?? '',
    },
  };
}

const live = givenBucket();
const reason = live ? undefined : whyNoSwift();
if (reason) console.info(`skipped: tests of the bundle store on a real S3 server: ${reason}`);

let bucket: Bucket;

async function s3(method: string, key: string, body?: Uint8Array<ArrayBuffer>): Promise<string> {
  const { endpoint, bucket: name, region, credentials } = bucket;
  const client = new AwsClient({ ...credentials, region, service: 's3', retries: 3 });
  const response = await client.fetch(`${endpoint}/${name}${key}`, { method, ...(body && { body }) });
  const text = await response.text();
  if (!response.ok && response.status !== 404)
    throw new Error(`${method} ${key}: ${response.status} ${text}`);
  return text;
}

async function keysOf(prefix: string): Promise<string[]> {
  const text = await s3('GET', `?list-type=2&prefix=${encodeURIComponent(`${prefix}/`)}`);
  return [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
}

beforeAll(async () => {
  if (reason) return;
  if (live) {
    bucket = live;
    return;
  }
  const { endpoint, access, createBucket } = await sharedSwift();
  bucket = { endpoint, region: access.region, bucket: await createBucket('bundles'), credentials: access };
});

const sampled = sampledIt(it, 6);
const run = (name: string, body: () => Promise<void>) =>
  reason ? it.skip(`${name} (skipped: ${reason})`, body) : sampled(name, body);
const runner: TestRunner = { describe, it: Object.assign(run, { skip: it.skip }) };

describeBundleStore(runner, {
  name: live ? 'in the bucket of the environment' : 'on OpenStack Swift',
  create: async (clock) => {
    const prefix = `objectstack-test-${randomUUID()}`;
    const open = async () => s3BundleStore({ ...bucket, prefix, clock });
    return {
      store: await open(),
      open,
      damage: async (checksum, bytes) => {
        for (const key of await keysOf(prefix))
          if (key.includes(checksum)) await s3('PUT', `/${key}`, new Uint8Array(bytes));
      },
      destroy: async () => {
        for (const key of await keysOf(prefix)) await s3('DELETE', `/${key}`);
      },
    };
  },
});

describe.skipIf(reason !== undefined)('a real S3 server', () => {
  const payloadHash = createHash('sha256').digest('hex');

  async function list(secretAccessKey: string): Promise<number> {
    const { endpoint, bucket: name, region, credentials } = bucket;
    const target = `/${name}?list-type=2&max-keys=1&prefix=none%2F`;
    const timestamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const signed = { 'x-amz-content-sha256': payloadHash, 'x-amz-date': timestamp };
    const headers = { host: new URL(endpoint).host, ...signed };
    const request = { method: 'GET', target, headers, payloadHash, timestamp, region, secretAccessKey };
    const scope = `${credentials.accessKeyId}/${timestamp.slice(0, 8)}/${region}/s3/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${Object.keys(headers).sort().join(';')}, Signature=${signatureOf(request)}`;
    return (await fetch(`${endpoint}${target}`, { headers: { ...signed, authorization } })).status;
  }

  it('accepts the signatures that the server in this process requires, and no others', async () => {
    expect(await list(bucket.credentials.secretAccessKey)).toBe(200);
    expect(await list('other')).toBe(403);
  });

  it.each([
    ['credentials', { accessKeyId: 'test:tester', secretAccessKey: 'other' }, 'credentials'],
    ['bucket', 'objectstack-missing-bucket', 'bucket'],
  ])('reports wrong %s like the server in this process', async (name, value, setting) => {
    const store = s3BundleStore({ ...bucket, [name]: value });
    await expect(store.put(new Uint8Array([1]))).rejects.toMatchObject({
      code: 'configuration_invalid',
      details: { settings: [setting] },
    });
  });
});

describe.skipIf(reason !== undefined)('an app registry on a real S3 server', () => {
  it('publishes a version once, returns its bytes and withdraws it', async () => {
    const registry = s3AppRegistry({ ...bucket, prefix: `objectstack-test-${randomUUID()}` });
    const bytes = new TextEncoder().encode(JSON.stringify(CONTACTS));
    const published = await registry.publish({ bytes, signature: 'a..b' });
    expect(await registry.publish({ bytes, signature: 'a..b' })).toEqual(published);
    const other = new TextEncoder().encode(JSON.stringify({ ...CONTACTS, label: 'X' }));
    await expect(registry.publish({ bytes: other })).rejects.toMatchObject({ code: 'invalid_request' });
    const { bytes: stored, signature } = await registry.getManifest('contacts', '1.0.0');
    expect([new Uint8Array(stored), signature]).toEqual([bytes, 'a..b']);
    await registry.yank('contacts', '1.0.0');
    expect(await registry.listVersions('contacts')).toEqual([{ ...published, isYanked: true }]);
  });
});
