import { setTimeout as delay } from 'node:timers/promises';
import { abortedError, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { readCredentials } from './read-credentials.js';
import type { S3Settings } from './read-s3-options.js';
import { readAnswer, type S3Answer } from './s3-answer.js';
import { storeRefused, storeUnavailable, toS3Error } from './to-s3-error.js';

/*
 * Requests to an S3 API, signed with AWS Signature Version 4. Every request of a bundle store may be sent again: an
 * object is only ever written with the same bytes, and deleting has the same effect twice. So a lost or temporary answer
 * is retried, after a random pause below a bound that doubles or after the time that the server asks for, until the
 * deadline of the call.
 */

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const TEMPORARY_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
const TEMPORARY_CODES: ReadonlySet<string> = new Set([
  'RequestTimeout',
  'ConditionalRequestConflict',
  'OperationAborted',
]);

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Key below the bucket; absent for a request to the bucket. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** SHA-256 hash of the body in hexadecimal. Absent: there is no body. */
  readonly bodyHash?: string;
  /** Maximum size of the answer. */
  readonly mostBytes: number;
  /** Statuses beside 2xx that the caller handles; others reject. */
  readonly expected?: readonly number[];
}

/** Sends the requests of one call, which share its deadline and its signal. */
export type S3Send = (request: S3Request) => Promise<S3Answer>;

const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

async function loadSigner(): Promise<typeof import('aws4fetch')['AwsV4Signer']> {
  try {
    return (await import('aws4fetch')).AwsV4Signer;
  } catch {
    throw new ObjectStackError({
      code: 'configuration_incomplete',
      message: 's3BundleStore requires the package aws4fetch. Install it.',
      details: { missing: ['aws4fetch'] },
    });
  }
}

const timedOut = () =>
  new ObjectStackError({
    code: 'request_timeout',
    message: 'The server of the bundle store did not answer in time. Retry later, or raise the timeout.',
  });

function isTemporary({ status, errorCode }: S3Answer): boolean {
  return TEMPORARY_STATUS.has(status) || TEMPORARY_CODES.has(errorCode ?? '');
}

/** Result of an attempt: an answer, or a failure that the next attempt may not have. */
type Attempt = S3Answer | { readonly failure: ObjectStackError; readonly waitMs?: number | undefined };

export class S3Client {
  readonly #settings: S3Settings;
  readonly #base: URL;

  constructor(settings: S3Settings) {
    this.#settings = settings;
    this.#base = new URL(settings.endpoint);
    const { pathname } = this.#base;
    this.#base.pathname = `${pathname}${pathname.endsWith('/') ? '' : '/'}${settings.bucket}`;
  }

  /** Begins a call: its deadline starts now. */
  begin(signal: AbortSignal | undefined): S3Send {
    const deadline = performance.now() + this.#settings.timeoutMs;
    throwIfAborted(signal);
    return (request) => this.#send(request, { deadline, signal });
  }

  async #send(
    request: S3Request,
    call: { deadline: number; signal: AbortSignal | undefined },
  ): Promise<S3Answer> {
    for (let retries = 0; ; retries++) {
      throwIfAborted(call.signal);
      const attempt = await this.#attempt(request, call);
      if (!('failure' in attempt)) return attempt;
      const { failure, waitMs } = attempt;
      const pauseMs = waitMs ?? Math.min(FIRST_PAUSE_MS * 2 ** retries, LONGEST_PAUSE_MS) * Math.random();
      const isLast = retries >= this.#settings.maxRetries || performance.now() + pauseMs >= call.deadline;
      if (!failure.retryable || failure.code === 'aborted' || isLast) throw failure;
      await delay(pauseMs, undefined, { ...(call.signal && { signal: call.signal }) }).catch(() => {
        throw abortedError();
      });
    }
  }

  async #attempt(
    request: S3Request,
    { deadline, signal }: { deadline: number; signal: AbortSignal | undefined },
  ): Promise<Attempt> {
    const stop = new AbortController();
    const limitMs = Math.min(this.#settings.attemptTimeoutMs, Math.max(0, deadline - performance.now()));
    const timer = setTimeout(() => stop.abort(), limitMs);
    const giveUp = () => stop.abort();
    signal?.addEventListener('abort', giveUp);
    try {
      return this.#judge(request, await this.#exchange(request, stop.signal));
    } catch (error) {
      if (signal?.aborted) return { failure: abortedError() };
      if (ObjectStackError.isInstance(error)) return { failure: error };
      return { failure: stop.signal.aborted ? timedOut() : unreachable(error) };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #judge({ expected = [] }: S3Request, answer: S3Answer): Attempt {
    const { status, waitMs } = answer;
    if (status >= 200 && status < 300) return answer;
    if (isTemporary(answer)) return { failure: storeUnavailable({ status }), waitMs };
    // A missing key is expected; a missing bucket has the same status.
    if (expected.includes(status) && answer.errorCode !== 'NoSuchBucket') return answer;
    throw toS3Error(answer);
  }

  async #exchange(request: S3Request, signal: AbortSignal): Promise<S3Answer> {
    const { method, body, mostBytes } = request;
    const signed = await this.#sign(request, signal);
    // A proxy may change this header, so it is not signed. A compressed answer would hide its size.
    signed.headers.set('accept-encoding', 'identity');
    const response = await fetch(signed.url, {
      method,
      headers: signed.headers,
      ...(body && { body }),
      redirect: 'manual',
      signal,
    });
    return readAnswer(response, { mostBytes, signal });
  }

  async #sign(
    { method, key, query = {}, headers, bodyHash }: S3Request,
    signal: AbortSignal,
  ): Promise<{ url: URL; headers: Headers }> {
    const Signer = await loadSigner();
    const credentials = await readCredentials(this.#settings.credentials, signal);
    const url = new URL(this.#base);
    if (key !== undefined) url.pathname += `/${key}`;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signer = new Signer({
      method,
      url: url.href,
      headers: { ...headers, 'x-amz-content-sha256': bodyHash ?? EMPTY_HASH },
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      ...(credentials.sessionToken && { sessionToken: credentials.sessionToken }),
      service: 's3',
      region: this.#settings.region,
    });
    return signer.sign();
  }
}

/** Errors of `fetch` contain the host; only the code of the operating system is passed on. */
function unreachable(error: unknown): ObjectStackError {
  const { code } = ((error as { cause?: unknown } | null)?.cause ?? {}) as { code?: unknown };
  const isName = typeof code === 'string' && /^[A-Z_]{1,64}$/.test(code);
  return storeUnavailable(isName ? { reason: code } : {});
}

/** The body of an answer. Throws `bundle_store_refused` if it exceeds the limit of its request. */
export function bodyOf({ status, body }: S3Answer): Uint8Array {
  if (body) return body;
  throw storeRefused({ status, reason: 'the response is too large' });
}
