import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { mapError } from '../map-error.js';
import { unlessAborted } from '../unless-aborted.js';
import type { HranaClient, HranaRequest } from './hrana-client.js';
import { type HranaResult, toHranaStatement, toSqlResult } from './hrana-values.js';

/** A transaction on a stream of the server; its requests go one after the other. */
export class RemoteTransaction implements SqlTransaction {
  readonly #client: HranaClient;
  #baton: string | undefined;
  #baseUrl: string | undefined;
  #ended = false;

  constructor(client: HranaClient) {
    this.#client = client;
  }

  async begin(signal: AbortSignal | undefined): Promise<void> {
    const begun = this.#run({ sql: 'BEGIN IMMEDIATE' });
    try {
      await unlessAborted(begun, signal);
    } catch (error) {
      this.#ended = true;
      const undone = this.#undoBegin(begun);
      if (!signal?.aborted) await undone;
      throw error;
    }
  }

  /** Who gives up does not stop the server from beginning, and what it began keeps others waiting. */
  async #undoBegin(begun: Promise<unknown>): Promise<void> {
    const sql = await begun.then(
      () => 'ROLLBACK',
      () => null,
    );
    if (this.#baton !== undefined) await this.#finish(sql).catch(() => undefined);
  }

  async execute(statement: SqlStatement): Promise<SqlResult> {
    this.#assertOpen();
    return this.#run(statement);
  }

  async commit(): Promise<void> {
    this.#assertOpen();
    this.#ended = true;
    try {
      await this.#run({ sql: 'COMMIT' });
    } catch (error) {
      if (this.#baton !== undefined) await this.#finish('ROLLBACK').catch(() => undefined);
      throw error;
    }
    await this.#finish(null).catch(() => undefined);
  }

  /** A stream that cannot be reached any more is rolled back by the server itself. */
  async rollback(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#baton !== undefined) await this.#finish('ROLLBACK').catch(() => undefined);
  }

  async #finish(sql: string | null): Promise<void> {
    const last: HranaRequest[] = sql ? [{ type: 'execute', stmt: toHranaStatement({ sql }) }] : [];
    await this.#send([...last, { type: 'close' }]);
  }

  async #run(statement: SqlStatement): Promise<SqlResult> {
    const [result] = await this.#send([{ type: 'execute', stmt: toHranaStatement(statement) }]);
    if (result?.type !== 'ok') throw mapError(result?.error);
    return toSqlResult(result.response.result as HranaResult);
  }

  /** Without its baton the stream is lost: whatever happened in it is undone. */
  async #send(requests: readonly HranaRequest[]) {
    const [baton, baseUrl] = [this.#baton, this.#baseUrl];
    this.#baton = undefined;
    const answer = await this.#client.send(requests, { isRepeatable: false, baton, baseUrl });
    this.#baton = answer.baton ?? undefined;
    this.#baseUrl = answer.base_url ?? baseUrl;
    return answer.results;
  }

  #assertOpen(): void {
    if (this.#ended)
      throw new ObjectStackError({ code: 'invalid_transaction', message: 'The transaction has ended.' });
    if (this.#baton === undefined)
      throw new ObjectStackError({
        code: 'transaction_expired',
        message: 'The server lost the transaction.',
      });
  }
}
