import { sharedSwift } from '@objectstack/testing';
import type { BucketBackup } from '../src/index.js';

/** A bucket of a real S3 server, to which databases are copied every second. */
export async function createBucket(): Promise<BucketBackup> {
  const swift = await sharedSwift();
  const bucket = await swift.createBucket('emulator');
  return { endpoint: swift.endpoint, bucket, ...swift.access, intervalSeconds: 1 };
}
