import { setTimeout as delay } from 'node:timers/promises';
import { abortedError, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { parseShallowJson } from '../connection/remote/parse-shallow-json.js';
import { readBody } from '../connection/remote/read-body.js';
import { scrub } from '../connection/remote/scrub.js';

/*
 * Requests to an administrative HTTP API. Every request may be sent again: reading, configuring and deleting have the
 * same effect twice, a second token does no harm, and a second creation is refused because the name exists. So a lost or
 * temporary answer is retried, after a random pause below a bound that doubles, until the deadline of the call. An answer
 * reports whether an earlier attempt may have had an effect.
 */

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const TEMPORARY: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Status codes with which a server refuses a request before it has done anything. */
const WITHOUT_EFFECT: ReadonlySet<number> = new Set([425, 429]);

/** A token, or a function that returns it for each request. */
export type ApiToken = string | (() => string | Promise<string>);

export interface RetryingApiClientSettings {
  readonly baseUrl: URL;
  readonly token?: ApiToken | undefined;
  /** Scheme of the Authorization header. Absent: `Bearer`. */
  readonly scheme?: 'Bearer' | 'Basic' | undefined;
  /** Time for one call with all its attempts, in milliseconds. */
  readonly timeoutMs: number;
  /** Time for one attempt, in milliseconds. */
  readonly attemptTimeoutMs: number;
  readonly maxRetries: number;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Segments of the path below the base URL; each is encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  /** Error texts of answers that another attempt does not change, whatever their status. */
  readonly lasting?: RegExp;
  /** Time for this call, and for each of its attempts, in milliseconds. Absent: the times of the client. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  /** The parsed body; undefined if it is not JSON. */
  readonly body: unknown;
  /** Error text of the server without tokens; empty if it has none. */
  readonly error: string;
  /** Whether an earlier attempt of this call may have had an effect. */
  readonly mayBeRepeated: boolean;
}

interface Attempt {
  readonly answer?: Omit<ApiAnswer, 'mayBeRepeated'>;
  readonly failure?: ObjectStackError;
  /** Time that the server asks to wait before the next attempt, in milliseconds. */
  readonly waitMs?: number | undefined;
}

/** The text of `{ error }`, which may be a string or an object with a message. */
function errorTextOf(body: unknown): string {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as { error?: unknown };
  if (typeof error === 'string') return error;
  const { message } = (typeof error === 'object' && error !== null ? error : {}) as { message?: unknown };
  return typeof message === 'string' ? message : '';
}

/** Delay of a Retry-After header, in seconds or as a date. */
function retryAfter(response: Response): number | undefined {
  const text = response.headers.get('retry-after');
  if (text === null) return undefined;
  const seconds = /^\d+$/.test(text.trim()) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1_000) : undefined;
}

function unavailable(details: { status?: number; reason?: string }): ObjectStackError {
  const what = details.status === undefined ? 'cannot be reached' : `responded with status ${details.status}`;
  return new ObjectStackError({
    code: 'platform_unavailable',
    message: `The Platform API ${what}. Retry later.`,
    details,
  });
}

export class RetryingApiClient {
  readonly #settings: RetryingApiClientSettings;

  constructor(settings: RetryingApiClientSettings) {
    this.#settings = settings;
  }

  /**
   * Sends the request and returns the first answer that is not temporary, with any status. Rejects with `aborted`,
   * `request_timeout`, `platform_unavailable`, with `unauthorized` if the function for the token fails, and with
   * `platform_refused` for a redirect, which is never followed because it could take the token elsewhere.
   */
  async send(request: ApiRequest): Promise<ApiAnswer> {
    const { maxRetries } = this.#settings;
    const { timeoutMs = this.#settings.timeoutMs } = request;
    const deadline = performance.now() + timeoutMs;
    let mayBeRepeated = false;
    for (let attempt = 0; ; attempt++) {
      throwIfAborted(request.signal);
      const { answer, failure, waitMs } = await this.#attempt(request, deadline);
      if (answer) return { ...answer, mayBeRepeated };
      if (!failure?.retryable || failure.code === 'aborted') throw failure;
      const { status } = failure.details as { status?: number };
      mayBeRepeated ||= status === undefined || !WITHOUT_EFFECT.has(status);
      const pauseMs = waitMs ?? Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS) * Math.random();
      if (attempt >= maxRetries || performance.now() + pauseMs >= deadline) throw failure;
      await delay(pauseMs, undefined, { ...(request.signal && { signal: request.signal }) }).catch(() => {
        throw abortedError();
      });
    }
  }

  async #attempt(request: ApiRequest, deadline: number): Promise<Attempt> {
    const stop = new AbortController();
    const { timeoutMs = this.#settings.attemptTimeoutMs } = request;
    const limitMs = Math.min(timeoutMs, Math.max(0, deadline - performance.now()));
    const timer = setTimeout(() => stop.abort(), limitMs);
    const giveUp = () => stop.abort();
    request.signal?.addEventListener('abort', giveUp);
    try {
      return await this.#exchange(request, stop.signal);
    } catch (error) {
      if (request.signal?.aborted) return { failure: abortedError() };
      if (ObjectStackError.isInstance(error)) return { failure: error };
      if (stop.signal.aborted) return { failure: timedOut() };
      const { code } = ((error as { cause?: unknown }).cause ?? {}) as { code?: unknown };
      const isName = typeof code === 'string' && /^[A-Z_]{1,64}$/.test(code);
      return { failure: unavailable(isName ? { reason: code } : {}) };
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', giveUp);
    }
  }

  async #exchange({ method, path, query, body, lasting }: ApiRequest, signal: AbortSignal): Promise<Attempt> {
    const token = await this.#token(signal);
    const response = await fetch(this.#url(path, query), {
      method,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `${this.#settings.scheme ?? 'Bearer'} ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal,
    });
    const { status } = response;
    const text = await readBody(response, signal);
    const parsed = text === null ? undefined : parseShallowJson(text);
    const error = scrub(errorTextOf(parsed), token);
    if (TEMPORARY.has(status) && !lasting?.test(error))
      return { failure: unavailable({ status }), waitMs: retryAfter(response) };
    if (status >= 300 && status < 400) throw refusedAnswer(status, 'redirect');
    if (text === null) throw refusedAnswer(status, 'the response is too large');
    return { answer: { status, body: parsed, error } };
  }

  #url(path: readonly string[], query: ApiRequest['query'] = {}): URL {
    const base = this.#settings.baseUrl;
    // A path that starts with two slashes, resolved against the base, would name another host.
    const url = new URL(base);
    const start = base.pathname.split('/').filter((part) => part !== '');
    url.pathname = [...start, ...path.map(encodeURIComponent)].join('/');
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    return url;
  }

  /** The function for the token may be slow, so it is subject to the same timeout as the server. */
  async #token(signal: AbortSignal): Promise<string | undefined> {
    const { token } = this.#settings;
    // fetch omits the white space around a header: the token that a server echoes has none either.
    if (typeof token !== 'function') return token?.trim();
    let giveUp: () => void = () => {};
    const stopped = new Promise<never>((_, reject) => {
      giveUp = () => reject(timedOut());
      signal.addEventListener('abort', giveUp);
    });
    try {
      return (await Promise.race([Promise.resolve().then(token).catch(failedToken), stopped]))?.trim();
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }
}

function timedOut(): ObjectStackError {
  return new ObjectStackError({
    code: 'request_timeout',
    message: 'The Platform API did not answer in time. Retry later, or raise the timeout.',
  });
}

/** Any other error of the function is omitted, because it may quote the token. */
function failedToken(error: unknown): never {
  if (ObjectStackError.isInstance(error)) throw error;
  throw new ObjectStackError({
    code: 'unauthorized',
    message: 'The function for the token of the Platform API failed. Check where it reads the token.',
  });
}

/** An answer that the API is not documented to give. */
export function refusedAnswer(status: number, reason: string): ObjectStackError {
  return new ObjectStackError({
    code: 'platform_refused',
    message: `The Platform API refused the request with status ${status}${reason && `: ${reason}`}.`,
    details: { status, ...(reason && { reason }) },
  });
}
