import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { signatureOf } from './signature-v4.js';

/** Access of one user to one bucket. */
export interface S3Access {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Time of the server, in milliseconds. */
  readonly now: number;
}

/** Status and code with which S3 refuses a request. */
export type Refusal = readonly [status: number, code: string];

const MOST_SKEW_MS = 15 * 60 * 1_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

function timeOf(timestamp: string): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp) ?? [];
  const [year = Number.NaN, month = 0, ...rest] = parts.map(Number);
  return Date.UTC(year, month - 1, ...rest);
}

function equal(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** Why a request is refused before it has any effect; undefined if its signature is valid. */
export function refuseRequest(request: ReceivedRequest, access: S3Access): Refusal | undefined {
  const { method, target, headers, body, now } = request;
  const { authorization, 'x-amz-date': timestamp = '', 'x-amz-content-sha256': payloadHash = '' } = headers;
  if (authorization === undefined) return [403, 'AccessDenied'];
  const [, keyId, date, region, service, signed, signature = ''] = AUTHORIZATION.exec(authorization) ?? [];
  if (signed === undefined) return [400, 'AuthorizationHeaderMalformed'];
  if (keyId !== access.accessKeyId) return [403, 'InvalidAccessKeyId'];
  if (region !== access.region || service !== 's3') return [400, 'AuthorizationHeaderMalformed'];
  const sent = timeOf(String(timestamp));
  if (Number.isNaN(sent) || date !== String(timestamp).slice(0, 8)) return [403, 'AccessDenied'];
  if (Math.abs(sent - now) > MOST_SKEW_MS) return [403, 'RequestTimeTooSkewed'];
  const names = signed.split(';');
  const mustBeSigned = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (mustBeSigned.some((name) => !names.includes(name))) return [403, 'AccessDenied'];
  if (headers['x-amz-security-token'] !== access.sessionToken) return [403, 'InvalidToken'];
  const expected = signatureOf({
    method,
    target,
    headers: Object.fromEntries(names.map((name) => [name, String(headers[name] ?? '')])),
    payloadHash: String(payloadHash),
    timestamp: String(timestamp),
    region: access.region,
    secretAccessKey: access.secretAccessKey,
  });
  if (!equal(expected, signature)) return [403, 'SignatureDoesNotMatch'];
  const actual = createHash('sha256').update(body).digest('hex');
  return actual === payloadHash ? undefined : [400, 'XAmzContentSHA256Mismatch'];
}
