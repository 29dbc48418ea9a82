import { bodyOf, type S3Send } from './s3-client.js';
import { storeRefused } from './to-s3-error.js';

/** A thousand keys of at most a kilobyte, with their properties. */
const MOST_BYTES = 4_194_304;

export interface KeyPage {
  /** Keys in the order of their bytes. */
  readonly keys: readonly string[];
  readonly isTruncated: boolean;
}

/** Keys of a bucket with a prefix, after another key. The prefix has no character that XML escapes. */
export async function listKeys(
  send: S3Send,
  { prefix, after }: { prefix: string; after?: string },
): Promise<KeyPage> {
  const answer = await send({
    method: 'GET',
    query: { 'list-type': '2', prefix, ...(after !== undefined && { 'start-after': after }) },
    mostBytes: MOST_BYTES,
  });
  const text = new TextDecoder().decode(bodyOf(answer));
  if (!text.includes('ListBucketResult'))
    throw storeRefused({ status: answer.status, reason: 'the response is not a list of keys' });
  const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
  return { keys, isTruncated: /<IsTruncated>\s*true\s*<\/IsTruncated>/.test(text) };
}
