import { createHash, createHmac } from 'node:crypto';

/** What AWS Signature Version 4 signs, for the service s3. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** Signed headers by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payloadHash: string;
  /** Time of the request, as `20130524T000000Z`. */
  readonly timestamp: string;
  readonly region: string;
  readonly secretAccessKey: string;
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Every byte except unreserved characters is encoded, and slashes where a path may have them. */
function encode(text: string, keep: RegExp): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (keep.test(character)) return character;
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

const encodePath = (path: string) => encode(decodeURIComponent(path), /[A-Za-z0-9\-._~/]/);
const encodePart = (part: string) => encode(part, /[A-Za-z0-9\-._~]/);

function canonicalQuery(query: string): string {
  const parts = query === '' ? [] : query.split('&');
  return parts
    .map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name, value].map((text) => encodePart(decodeURIComponent(text.replaceAll('+', ' '))));
    })
    .map((pair) => pair.join('='))
    .sort()
    .join('&');
}

/** The signature that a request must have, in hexadecimal. */
export function signatureOf(request: SignedRequest): string {
  const { method, target, headers, payloadHash, timestamp, region, secretAccessKey } = request;
  const [path = '', query = ''] = target.split('?', 2);
  const names = Object.keys(headers).sort();
  const canonicalRequest = [
    method,
    encodePath(path),
    canonicalQuery(query),
    ...names.map((name) => `${name}:${headers[name]?.trim().replaceAll(/ +/g, ' ')}`),
    '',
    names.join(';'),
    payloadHash,
  ].join('\n');
  const date = timestamp.slice(0, 8);
  const scope = `${date}/${region}/s3/aws4_request`;
  const stringToSign = ['AWS4-HMAC-SHA256', timestamp, scope, hash(canonicalRequest)].join('\n');
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, stringToSign).toString('hex');
}
