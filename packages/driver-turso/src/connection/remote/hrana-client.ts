import { setTimeout as delay } from 'node:timers/promises';
import { ObjectStackError } from '@objectstack/spec/shared';
import * as z from 'zod';
import { throwIfAborted } from '../throw-if-aborted.js';
import type { HranaResult, HranaStatement } from './hrana-values.js';
import { type Outcome, unreachable } from './remote-error.js';
import type { TokenSource } from './token-source.js';

type Condition =
  | { type: 'ok' | 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and'; conds: readonly Condition[] }
  | { type: 'is_autocommit' };

export interface HranaStep {
  readonly stmt: HranaStatement;
  readonly condition?: Condition;
}

export type HranaRequest =
  | { readonly type: 'execute'; readonly stmt: HranaStatement }
  | { readonly type: 'batch'; readonly batch: { readonly steps: readonly HranaStep[] } }
  | { readonly type: 'close' };

const HranaErrorSchema = z.looseObject({ message: z.string().catch(''), code: z.string().nullish() });
type HranaError = z.infer<typeof HranaErrorSchema>;

/** Only what is used; the rows are what they are. */
const AnswerSchema = z.looseObject({
  baton: z.string().nullish(),
  base_url: z.string().nullish(),
  results: z.array(
    z.union([
      z.looseObject({
        type: z.literal('ok'),
        response: z.looseObject({ type: z.string(), result: z.unknown().optional() }),
      }),
      z.looseObject({ type: z.literal('error'), error: HranaErrorSchema }),
    ]),
  ),
});
type Answer = z.infer<typeof AnswerSchema>;

export interface BatchResult {
  readonly step_results: readonly (HranaResult | null)[];
  readonly step_errors: readonly (HranaError | null)[];
}

export interface Sending {
  /** Whether the same may be sent again when its answer was lost. */
  readonly isRepeatable: boolean;
  readonly baton?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HranaClientSettings {
  /** Where the database is, with a slash at the end. */
  readonly url: string;
  readonly tokens: TokenSource;
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

const FIRST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 5_000;
const NOT_SENT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** An attempt that failed. */
interface Failure {
  readonly error: ObjectStackError;
  /** Whether the server can have done what was asked. */
  readonly outcome: Outcome;
  readonly waitMs?: number | undefined;
  /** What it was sent with. */
  readonly token?: string | undefined;
}

class Attempt extends Error {
  constructor(readonly failure: Failure) {
    super();
  }
}

function failed(error: ObjectStackError, outcome: Outcome, waitMs?: number): Attempt {
  return new Attempt({ error, outcome, waitMs });
}

const plainError = (code: 'unauthorized' | 'database_not_found' | 'transaction_expired', message: string) =>
  new ObjectStackError({ code, message });

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(seconds * 1_000, LONGEST_BACKOFF_MS) : undefined;
}

/** What a status other than 200 means. The body may quote a statement and is not passed on. */
function refused(response: Response, body: string, hasBaton: boolean): Attempt {
  const { status } = response;
  if (status === 401 || status === 403)
    return failed(plainError('unauthorized', 'The token of the database was refused.'), 'none');
  if (hasBaton && (status === 400 || status === 404))
    return failed(plainError('transaction_expired', 'The server knows the transaction no more.'), 'none');
  if (status === 404)
    return failed(plainError('database_not_found', 'The server knows no such database.'), 'none');
  if (status === 429 || status === 503)
    return failed(unreachable({ status }, 'none'), 'none', retryAfter(response));
  if (/blocked/i.test(body))
    return failed(
      new ObjectStackError({
        code: 'database_blocked',
        message: 'The database takes no such request at present.',
      }),
      'none',
    );
  return failed(unreachable({ status }, 'unknown'), 'unknown');
}

/** Sends requests to a libSQL server; each is one POST, which may carry many statements. */
export class HranaClient {
  readonly #settings: HranaClientSettings;

  constructor(settings: HranaClientSettings) {
    this.#settings = settings;
  }

  /**
   * Sends the requests and returns the answer. What was not done for sure is sent again, after a pause that grows; what
   * may have been done only if it is repeatable.
   */
  async send(requests: readonly HranaRequest[], sending: Sending): Promise<Answer> {
    const { tokens, maxRetries } = this.#settings;
    for (let attempt = 0, hasNewToken = false; ; attempt++) {
      try {
        return await this.#attempt(requests, sending);
      } catch (error) {
        if (!(error instanceof Attempt)) throw error;
        const { failure } = error;
        if (failure.error.code === 'unauthorized' && !hasNewToken && (await tokens.renew(failure.token))) {
          hasNewToken = true;
          continue;
        }
        const mayRepeat = failure.error.retryable && (failure.outcome === 'none' || sending.isRepeatable);
        if (!mayRepeat || attempt >= maxRetries || sending.signal?.aborted) throw failure.error;
        const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** attempt, LONGEST_BACKOFF_MS) * Math.random();
        await delay(failure.waitMs ?? backoff, undefined, {
          ...(sending.signal && { signal: sending.signal }),
        }).catch(() => {
          throw failure.error;
        });
      }
    }
  }

  async #attempt(requests: readonly HranaRequest[], { baton, baseUrl, signal }: Sending): Promise<Answer> {
    throwIfAborted(signal);
    const { url, tokens, timeoutMs } = this.#settings;
    const token = await tokens.current();
    const timeout = new AbortController();
    const stop = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    const giveUp = () => stop.abort();
    for (const source of [timeout.signal, signal]) source?.addEventListener('abort', giveUp);
    try {
      const response = await fetch(new URL('v3/pipeline', baseUrl ?? url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ baton: baton ?? null, requests }),
        redirect: 'error',
        signal: stop.signal,
      });
      const body = await response.text();
      if (response.status !== 200) {
        const { failure } = refused(response, body, baton !== undefined);
        throw new Attempt({ ...failure, token });
      }
      return parseAnswer(body, requests.length);
    } catch (error) {
      if (error instanceof Attempt) throw error;
      throw lost(error, { isTimeout: timeout.signal.aborted, isAborted: signal?.aborted === true });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }
}

function lost(error: unknown, { isTimeout, isAborted }: { isTimeout: boolean; isAborted: boolean }): Attempt {
  const details = { outcome: 'unknown' };
  if (isAborted)
    return failed(
      new ObjectStackError({ code: 'aborted', message: 'The caller gave up.', details, retryable: false }),
      'unknown',
    );
  if (isTimeout) {
    const message = 'The server did not answer in time.';
    return failed(new ObjectStackError({ code: 'request_timeout', message, details }), 'unknown');
  }
  const { code } = ((error as { cause?: unknown } | null)?.cause ?? {}) as { code?: unknown };
  const outcome = NOT_SENT.has(code) ? 'none' : 'unknown';
  return failed(unreachable({ ...(typeof code === 'string' && { reason: code }) }, outcome), outcome);
}

function parseAnswer(body: string, count: number): Answer {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw failed(unreachable({ reason: 'not JSON' }, 'unknown'), 'unknown');
  }
  const parsed = AnswerSchema.safeParse(json);
  if (parsed.success && parsed.data.results.length === count) return parsed.data;
  throw failed(unreachable({ reason: 'not an answer of a libSQL server' }, 'unknown'), 'unknown');
}
