import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { S3Access } from './refuse-request.js';
import { signatureOf } from './signature-v4.js';

const EMPTY_HASH = createHash('sha256').update('').digest('hex');
const ATTEMPTS = 50;

async function putBucket(endpoint: string, access: S3Access, bucket: string): Promise<number> {
  const { region, accessKeyId, secretAccessKey } = access;
  const timestamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const target = `/${bucket}`;
  const signed = {
    host: new URL(endpoint).host,
    'x-amz-content-sha256': EMPTY_HASH,
    'x-amz-date': timestamp,
  };
  const request = { method: 'PUT', target, headers: signed, payloadHash: EMPTY_HASH, timestamp };
  const signature = signatureOf({ ...request, region, secretAccessKey });
  const scope = `${accessKeyId}/${timestamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const { host: _, ...sent } = signed;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${Object.keys(signed).join(';')}, Signature=${signature}`;
  const { status } = await fetch(endpoint + target, { method: 'PUT', headers: { ...sent, authorization } });
  return status;
}

/** Creates a bucket. A server that has just started may refuse some requests. */
export async function createBucket(endpoint: string, access: S3Access, bucket: string): Promise<void> {
  let status = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    status = await putBucket(endpoint, access, bucket);
    if (status === 200) return;
    if (status < 500) break;
    await delay(100);
  }
  throw new Error(`The S3 server answered ${status} to the creation of the bucket ${bucket}.`);
}
