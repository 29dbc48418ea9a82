import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AtomicRequest, Connection, RequestOptions } from '../connection.js';
import { mapError } from '../map-error.js';
import { pause } from '../pause.js';
import { batchSteps, readBatch } from './batch-steps.js';
import { type BatchResult, HranaClient } from './hrana-client.js';
import { type HranaResult, toHranaStatement, toSqlResult } from './hrana-values.js';
import { RemoteTransaction } from './remote-transaction.js';
import { type AuthToken, TokenSource } from './token-source.js';

const READS = /^\s*(select|explain)\b/i;
const FIRST_BACKOFF_MS = 20;
const LONGEST_BACKOFF_MS = 500;

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
  /** What servers are set to where nobody says otherwise. */
  readonly lockBudgetMs = 5_000;
  readonly #client: HranaClient;
  readonly #busyTimeoutMs: number;

  constructor({ url, authToken, timeoutMs, maxRetries, busyTimeoutMs }: RemoteSettings) {
    const base = url.endsWith('/') ? url : `${url}/`;
    this.#client = new HranaClient({ url: base, tokens: new TokenSource(authToken), timeoutMs, maxRetries });
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  async execute(statement: SqlStatement, { signal }: RequestOptions = {}): Promise<SqlResult> {
    const stmt = toHranaStatement(statement);
    const isRepeatable = READS.test(statement.sql);
    return this.#waitingForOthers(signal, async () => {
      const { results } = await this.#client.send([{ type: 'execute', stmt }, { type: 'close' }], {
        isRepeatable,
        signal,
      });
      const [result] = results;
      if (result?.type !== 'ok') throw mapError(result?.error);
      return toSqlResult(result.response.result as HranaResult);
    });
  }

  async atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]> {
    const { signal, mode } = request;
    const batch = batchSteps(statements, request);
    return this.#waitingForOthers(signal, async () => {
      const { results } = await this.#client.send(
        [{ type: 'batch', batch: { steps: batch.steps } }, { type: 'close' }],
        { isRepeatable: mode === 'read', signal },
      );
      const [result] = results;
      if (result?.type !== 'ok') throw mapError(result?.error);
      return readBatch(result.response.result as BatchResult, batch);
    });
  }

  async begin({ signal }: RequestOptions = {}): Promise<SqlTransaction> {
    return this.#waitingForOthers(signal, async () => {
      const transaction = new RemoteTransaction(this.#client);
      await transaction.begin(signal);
      return transaction;
    });
  }

  /** Requests hold nothing open. */
  async close(): Promise<void> {}

  /** Another writer holds the database: nothing was done, so it is tried again until the time is up. */
  async #waitingForOthers<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#busyTimeoutMs;
    for (let backoff = FIRST_BACKOFF_MS; ; backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)) {
      try {
        return await work();
      } catch (error) {
        const isBusy = ObjectStackError.isInstance(error) && error.code === 'database_busy';
        if (!isBusy || performance.now() >= deadline) throw error;
      }
      await pause(backoff * (0.5 + Math.random()), signal);
    }
  }
}
