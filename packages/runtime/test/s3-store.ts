import { type S3Server, startS3Server } from '@objectstack/testing';
import { onTestFinished } from 'vitest';
import type { S3BundleStoreOptions } from '../src/s3/read-s3-options.js';
import { s3BundleStore } from '../src/s3/s3-bundle-store.js';

/** Options of a store in the bucket of a server; waits are short. */
export function s3Options(
  { endpoint, bucketName: bucket, access: { region, ...credentials } }: S3Server,
  changes: Partial<S3BundleStoreOptions> = {},
): S3BundleStoreOptions {
  return { endpoint, region, bucket, credentials, timeoutMs: 50_000, ...changes };
}

/** A server that is stopped after the test, and a store in its bucket. */
export async function s3Store(changes: Partial<S3BundleStoreOptions> = {}) {
  const server = await startS3Server();
  onTestFinished(() => server.stop());
  return { server, store: s3BundleStore(s3Options(server, changes)) };
}
