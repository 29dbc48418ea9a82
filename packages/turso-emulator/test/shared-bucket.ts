import { type SwiftServer, startSwift } from '@objectstack/testing';
import { afterAll } from 'vitest';
import type { BucketBackup } from '../src/index.js';

/** A function that starts a real S3 server with a bucket, to which databases are copied every second. */
export function sharedBucket(): () => Promise<BucketBackup> {
  let swift: SwiftServer | undefined;
  afterAll(() => swift?.stop());
  return async () => {
    swift = await startSwift();
    await swift.createBucket('emulator');
    return { endpoint: swift.endpoint, bucket: 'emulator', ...swift.access, intervalSeconds: 1 };
  };
}
