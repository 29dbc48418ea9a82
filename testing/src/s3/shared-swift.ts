import { randomUUID } from 'node:crypto';
import { requestStarted } from '../start-on-demand.js';
import { createBucket } from './create-bucket.js';
import type { S3Access } from './refuse-request.js';

export interface SharedSwift {
  readonly endpoint: string;
  readonly access: S3Access;
  /** Creates a bucket whose name starts with the text, and returns its name. */
  createBucket(start: string): Promise<string>;
}

/** The real S3 server that the tests of a run share. `whyNoSwift` says whether it can be started. */
export async function sharedSwift(): Promise<SharedSwift> {
  const server = JSON.parse(await requestStarted('OBJECTSTACK_TEST_SWIFT_STARTER'));
  const { endpoint, access }: Pick<SharedSwift, 'endpoint' | 'access'> = server;
  return {
    endpoint,
    access,
    async createBucket(start) {
      const bucket = `${start}-${randomUUID()}`;
      await createBucket(endpoint, access, bucket);
      return bucket;
    },
  };
}
