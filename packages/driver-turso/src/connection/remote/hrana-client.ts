import { setTimeout as delay } from 'node:timers/promises';
import { abortedError, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { mapError } from '../map-error.js';
import { type HranaAnswer, parseAnswer } from './hrana-answer.js';
import type { HranaRequest } from './hrana-request.js';
import { MOST_ANSWER_BYTES, readBody } from './read-body.js';
import { RequestFailure, refusedRequest } from './request-failure.js';
import { type Outcome, unreachable } from './result-lost.js';
import type { TokenSource } from './token-source.js';

/**
 * Effect of sending a request twice: none for a read; none for a guarded write, whose guard stops a second execution; the
 * same effect again for any other.
 */
export type Effect = 'read' | 'guarded_write' | 'write';

export interface Sending {
  readonly effect: Effect;
  readonly baton?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Deadline in the time of `performance.now()`. Absent: the timeout of one request. */
  readonly deadline?: number | undefined;
}

export interface HranaClientSettings {
  /** URL of the database, with a slash at the end. */
  readonly url: string;
  readonly tokens: TokenSource;
  /** Timeout of a request with all its attempts, in milliseconds. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

/**
 * Compression of the answer. To a write it is short: to compress and to expand it takes longer than to send it. The default of
 * `fetch` permits Brotli over https, with which a libSQL server needs a third of a second for a short answer.
 */
const ENCODINGS = { read: 'gzip', guarded_write: 'identity', write: 'identity' } as const satisfies Record<
  Effect,
  string
>;
const FIRST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 5_000;
const NOT_SENT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Reason for abandoning an attempt before its response arrives. */
interface Stop {
  readonly signal: AbortSignal;
  readonly isAborted: () => boolean;
  readonly isLate: () => boolean;
}

/** Sends requests to a libSQL server. Each is one POST, which may carry many statements. */
export class HranaClient {
  readonly #settings: HranaClientSettings;
  readonly #origin: string;

  constructor(settings: HranaClientSettings) {
    this.#settings = settings;
    this.#origin = new URL(settings.url).origin;
  }

  /** Whether a request whose response was lost may be sent again. */
  get repeats(): boolean {
    return this.#settings.maxRetries > 0;
  }

  /**
   * Sends the requests and returns the response. Retries with growing pauses if the request certainly had no effect; if it
   * may have had one, retries only if it is repeatable. All attempts together end by the deadline.
   */
  async send(requests: readonly HranaRequest[], sending: Sending): Promise<HranaAnswer> {
    const { tokens, maxRetries, timeoutMs } = this.#settings;
    const deadline = sending.deadline ?? performance.now() + timeoutMs;
    let outcome: Outcome = 'none';
    for (let attempt = 0, hasNewToken = false; ; attempt++) {
      try {
        return await this.#attempt(requests, { ...sending, deadline });
      } catch (error) {
        if (!(error instanceof RequestFailure)) throw error;
        if (error.outcome === 'unknown' && sending.effect !== 'read') outcome = 'unknown';
        if (error.reason.code === 'unauthorized' && !hasNewToken) {
          hasNewToken = true;
          if (await tokens.renew(error.token)) continue;
        }
        const mayRepeat =
          (error.reason.retryable || error.isTransient) &&
          (error.outcome === 'none' || sending.effect !== 'write');
        const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** attempt, LONGEST_BACKOFF_MS) * Math.random();
        const waitMs = error.waitMs ?? backoff;
        const isLast = attempt >= maxRetries || performance.now() + waitMs >= deadline;
        if (!mayRepeat || isLast || sending.signal?.aborted) throw error.as(outcome);
        await delay(waitMs, undefined, { ...(sending.signal && { signal: sending.signal }) }).catch(() => {
          throw error.as(outcome);
        });
      }
    }
  }

  async #attempt(
    requests: readonly HranaRequest[],
    { effect, baton, baseUrl, signal, deadline }: Sending & { readonly deadline: number },
  ): Promise<HranaAnswer> {
    throwIfAborted(signal);
    const timeout = new AbortController();
    const stop = new AbortController();
    const timer = setTimeout(() => timeout.abort(), Math.max(0, deadline - performance.now()));
    const giveUp = () => stop.abort();
    for (const source of [timeout.signal, signal]) source?.addEventListener('abort', giveUp);
    try {
      return await this.#exchange(requests, {
        url: new URL('v3/pipeline', this.#sameOrigin(baseUrl)),
        baton,
        effect,
        stop: {
          signal: stop.signal,
          isAborted: () => signal?.aborted === true,
          isLate: () => timeout.signal.aborted,
        },
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  async #exchange(
    requests: readonly HranaRequest[],
    { url, baton, effect, stop }: { url: URL; baton: string | undefined; effect: Effect; stop: Stop },
  ): Promise<HranaAnswer> {
    const token = await this.#token(stop);
    let response: Response;
    let body: string | null;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-encoding': ENCODINGS[effect],
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ baton: baton ?? null, requests }),
        redirect: 'error',
        signal: stop.signal,
      });
      body = await readBody(response, stop.signal);
    } catch (error) {
      throw lostRequest(error, stop, { host: url.host });
    }
    if (response.status !== 200)
      throw refusedRequest(response, body ?? '', { hasBaton: baton !== undefined, token, host: url.host });
    if (body === null) throw tooLarge();
    const answer = parseAnswer(body, requests, token);
    if (answer) return answer;
    throw new RequestFailure(
      unreachable({ reason: 'not a response of a libSQL server' }, url.host),
      'unknown',
    );
  }

  /** The caller's token function may be slow, so it is subject to the same deadline as the server. */
  async #token(stop: Stop): Promise<string | undefined> {
    const { tokens } = this.#settings;
    let giveUp: () => void = () => {};
    const stopped = new Promise<never>((_, reject) => {
      giveUp = () => reject(lostRequest(undefined, stop, { host: this.#origin, sent: 'none' }));
      stop.signal.addEventListener('abort', giveUp);
    });
    try {
      return await Promise.race([tokens.current(), stopped]);
    } finally {
      stop.signal.removeEventListener('abort', giveUp);
    }
  }

  /** A server may give another base URL for the rest of a stream. The token is never sent to another origin. */
  #sameOrigin(baseUrl: string | undefined): string {
    const { url } = this.#settings;
    if (baseUrl === undefined || !URL.canParse(baseUrl)) return url;
    return new URL(baseUrl).origin === this.#origin ? baseUrl : url;
  }
}

function tooLarge(): RequestFailure {
  const { code, message, details } = mapError({ code: 'RESPONSE_TOO_LARGE' });
  const error = new ObjectStackError({
    code,
    message,
    details: { ...details, limitBytes: MOST_ANSWER_BYTES },
  });
  return new RequestFailure(error, 'unknown');
}

/** A request that was aborted or whose response did not arrive. */
function lostRequest(
  error: unknown,
  stop: Stop,
  { host, sent = 'unknown' }: { host: string; sent?: Outcome },
): RequestFailure {
  if (stop.isAborted()) return new RequestFailure(abortedError(), sent);
  if (stop.isLate()) {
    const message = 'The server did not answer in time.';
    return new RequestFailure(new ObjectStackError({ code: 'request_timeout', message }), sent);
  }
  const { code } = ((error as { cause?: unknown } | null)?.cause ?? {}) as { code?: unknown };
  const reason = typeof code === 'string' && /^[A-Z_]{1,64}$/.test(code) ? { reason: code } : {};
  return new RequestFailure(unreachable(reason, host), NOT_SENT.has(code) ? 'none' : 'unknown');
}
