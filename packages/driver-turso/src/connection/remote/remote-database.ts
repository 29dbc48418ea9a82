import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { readHead } from '../../sql/statement-head.js';
import { tokenize } from '../../sql/tokenize.js';
import { writingVerb } from '../../sql/writing-verb.js';
import type { AtomicRequest, BegunTransaction, Connection, RequestOptions } from '../connection.js';
import { mapError } from '../map-error.js';
import { retryWhileBusy } from '../retry-while-busy.js';
import { withoutLeadingStatements } from '../without-leading-statements.js';
import { batchSteps, readBatch } from './batch-steps.js';
import { type Effect, HranaClient } from './hrana-client.js';
import { toHranaStatement, toSqlResult } from './hrana-result.js';
import { RemoteTransaction } from './remote-transaction.js';
import { isRepeated, type RequestSlot, RequestSlots } from './request-slots.js';
import { resultLost } from './result-lost.js';
import { type AuthToken, TokenSource } from './token-source.js';

const READS = /^\s*(select|explain|values|pragma)\b/i;
const NEEDS_A_LOOK = /^\s*(with\b|--|\/\*)/i;

function isRead(sql: string): boolean {
  if (READS.test(sql)) return true;
  if (!NEEDS_A_LOOK.test(sql)) return false;
  const tokens = tokenize(sql);
  return writingVerb(tokens, readHead(tokens)) === undefined;
}

const PAUSES = { firstPauseMs: 20, longestPauseMs: 500 };

const isLockedOut = (error: unknown): boolean =>
  ObjectStackError.isInstance(error) && error.code === 'database_busy';

export interface RemoteSettings {
  /** `https:`, or `http:` on this machine. */
  readonly url: string;
  readonly authToken?: AuthToken | undefined;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly busyTimeoutMs: number;
}

/** A database behind a libSQL server. */
export class RemoteDatabase implements Connection {
  /** Default of libSQL servers. */
  readonly lockBudgetMs = 5_000;
  readonly callTimeoutMs: number;
  readonly #client: HranaClient;
  readonly #slots = new RequestSlots();
  readonly #busyTimeoutMs: number;

  constructor({ url, authToken, timeoutMs, maxRetries, busyTimeoutMs }: RemoteSettings) {
    const base = url.endsWith('/') ? url : `${url}/`;
    this.#client = new HranaClient({ url: base, tokens: new TokenSource(authToken), timeoutMs, maxRetries });
    this.#busyTimeoutMs = busyTimeoutMs;
    this.callTimeoutMs = timeoutMs;
  }

  async execute(statement: SqlStatement, options: RequestOptions = {}): Promise<SqlResult> {
    if (isRead(statement.sql)) return this.#read(statement, options);
    const [result] = await this.#write([statement], { ...options, foreignKeys: 'on', mode: 'write' });
    return result as SqlResult;
  }

  async atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]> {
    return request.mode === 'write'
      ? this.#write(statements, request)
      : this.#batch(statements, request, 'read');
  }

  async begin(options: RequestOptions = {}): Promise<SqlTransaction> {
    return (await this.beginReading({ sql: 'SELECT 1' }, options)).transaction;
  }

  async beginReading(read: SqlStatement, options: RequestOptions = {}): Promise<BegunTransaction> {
    return this.#waitingForOthers(options, async () => {
      const transaction = new RemoteTransaction(this.#client, this.#slots);
      return { transaction, firstRead: await transaction.begin(read, options) };
    });
  }

  /** Requests hold no connection open. */
  async close(): Promise<void> {}

  async #read(statement: SqlStatement, options: RequestOptions): Promise<SqlResult> {
    const stmt = toHranaStatement(statement);
    return this.#waitingForOthers(options, async () => {
      const { outcomes } = await this.#client.send([{ type: 'execute', stmt }, { type: 'close' }], {
        ...options,
        effect: 'read',
      });
      const [outcome] = outcomes;
      if (outcome?.type === 'execute') return toSqlResult(outcome.result);
      throw mapError(outcome?.type === 'error' ? outcome.error : undefined);
    });
  }

  /** Writes with a request guard, so that a retry never takes effect twice. */
  async #write(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]> {
    const slot = this.#client.repeats ? this.#slots.take() : null;
    if (!slot) return this.#unguardedWrite(statements, request);
    try {
      return await this.#writeIn(slot, statements, request);
    } catch (error) {
      if (isRepeated(error)) throw resultLost();
      if (!this.#slots.isMissing(error)) throw error;
    } finally {
      this.#slots.giveBack(slot);
    }
    return this.#unguardedWrite(statements, request);
  }

  async #unguardedWrite(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]> {
    const results = await this.#batch(statements, request, 'write');
    this.#slots.sawStatements(statements);
    return results;
  }

  async #writeIn(
    slot: RequestSlot,
    statements: readonly SqlStatement[],
    request: AtomicRequest,
  ): Promise<SqlResult[]> {
    const claim = this.#slots.claim(slot);
    try {
      const results = await this.#batch([...claim, ...statements], request, 'guarded_write');
      return results.slice(claim.length);
    } catch (error) {
      throw withoutLeadingStatements(error, claim.length);
    }
  }

  async #batch(
    statements: readonly SqlStatement[],
    request: AtomicRequest,
    effect: Effect,
  ): Promise<SqlResult[]> {
    const batch = batchSteps(statements, request);
    const { signal, deadline } = request;
    return this.#waitingForOthers(request, async () => {
      const { outcomes } = await this.#client.send(
        [{ type: 'batch', batch: { steps: batch.steps } }, { type: 'close' }],
        { effect, signal, deadline },
      );
      const [outcome] = outcomes;
      if (outcome?.type === 'batch') return readBatch(outcome.result, batch);
      throw mapError(outcome?.type === 'error' ? outcome.error : undefined);
    });
  }

  /** If another writer holds the write lock, nothing was executed, so the request is retried until the deadline. */
  async #waitingForOthers<T>({ signal, deadline }: RequestOptions, work: () => Promise<T>): Promise<T> {
    const until = Math.min(performance.now() + this.#busyTimeoutMs, deadline ?? Number.POSITIVE_INFINITY);
    return retryWhileBusy({ ...PAUSES, signal, until }, isLockedOut, work);
  }
}
