import { ObjectStackError } from '@objectstack/spec/shared';
import { type Outcome, unreachable } from './result-lost.js';

const LONGEST_WAIT_MS = 5_000;

/** A failed attempt to send a request. */
export class RequestFailure extends Error {
  readonly reason: ObjectStackError;
  /** Whether the server may have executed the request. */
  readonly outcome: Outcome;
  /** Delay that the server asks for before a retry, in milliseconds. */
  readonly waitMs: number | undefined;
  /** Token that the request was sent with. */
  readonly token: string | undefined;
  /** Whether the same request may succeed, although the error is not one that callers retry. */
  readonly isTransient: boolean;

  constructor(
    reason: ObjectStackError,
    outcome: Outcome,
    {
      waitMs,
      token,
      isTransient = false,
    }: { waitMs?: number | undefined; token?: string | undefined; isTransient?: boolean } = {},
  ) {
    super();
    this.reason = reason;
    this.outcome = outcome;
    this.waitMs = waitMs;
    this.token = token;
    this.isTransient = isTransient;
  }

  /** The error for the caller, with the outcome of all attempts together. */
  as(outcome: Outcome): ObjectStackError {
    const { code, message, retryable, details, cause } = this.reason;
    if (outcome === 'none') return this.reason;
    const isRepeatable = retryable && code !== 'aborted';
    return new ObjectStackError({
      code,
      message,
      retryable: isRepeatable,
      details: { ...details, outcome },
      ...(cause !== undefined && { cause }),
    });
  }
}

/** A token that was just signed is refused if it has expired by the clock of the server. */
const TOKEN_REFUSED =
  'The server refused the token of the database. Check that it belongs to this database, that it was not revoked, and that the clocks of this process and of the server agree.';

const plainError = (
  code: 'unauthorized' | 'database_not_found' | 'transaction_expired' | 'database_blocked',
  message: string,
) => new ObjectStackError({ code, message });

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1_000, LONGEST_WAIT_MS) : undefined;
}

/**
 * A server that has more databases than it keeps open answers this while it closes one, also within a transaction, which
 * continues afterwards. It has not executed the request.
 */
const isMissing = (status: number, body: string) =>
  status === 404 && /\bnamespace\b/i.test(body) && body.includes("doesn't exist");

/**
 * Failure for a status other than 200. The body may quote a statement and is not passed on. A proxy may respond with 429
 * or 503 after the server has executed the request, so these do not prove that it had no effect.
 */
export function refusedRequest(
  response: Response,
  body: string,
  { hasBaton, token, host }: { hasBaton: boolean; token: string | undefined; host: string },
): RequestFailure {
  const { status } = response;
  if (status === 401 || status === 403)
    return new RequestFailure(plainError('unauthorized', TOKEN_REFUSED), 'none', {
      token,
    });
  const isTransient = isMissing(status, body);
  if (hasBaton && (status === 400 || status === 404))
    return new RequestFailure(
      plainError('transaction_expired', 'The server no longer knows the transaction.'),
      'none',
      { isTransient },
    );
  if (status === 404)
    return new RequestFailure(
      plainError('database_not_found', 'The server does not know this database.'),
      'none',
      { isTransient },
    );
  if (/blocked/i.test(body.slice(0, 10_000)))
    return new RequestFailure(
      plainError('database_blocked', 'The database currently refuses this kind of request.'),
      'none',
    );
  const waitMs = status === 429 || status === 503 ? retryAfter(response) : undefined;
  return new RequestFailure(unreachable({ status }, host), 'unknown', { waitMs });
}
