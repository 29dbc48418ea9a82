import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { ObjectStackError, unlessAborted } from '@objectstack/spec/shared';
import { BROKEN_REFERENCES, namingBrokenReference } from '../broken-reference.js';
import type { RequestOptions } from '../connection.js';
import { isSqlError } from '../is-sql-error.js';
import { mapError } from '../map-error.js';
import { afterStep, batchSteps, IN_TRANSACTION, ROLLBACK, readBatch, rolledBack } from './batch-steps.js';
import type { BatchResult } from './hrana-answer.js';
import type { HranaClient, Sending } from './hrana-client.js';
import type { HranaRequest, HranaStep } from './hrana-request.js';
import { toHranaStatement, toSqlResult } from './hrana-result.js';
import { lastRequest, type RequestSlot, type RequestSlots } from './request-slots.js';

const stepOf = (sql: string) => toHranaStatement({ sql });
const READS = /^\s*(select|explain|savepoint|release|rollback)\b/i;

/** A transaction on a stream of the server. Its requests are serialized. */
export class RemoteTransaction implements SqlTransaction {
  readonly #client: HranaClient;
  readonly #slots: RequestSlots;
  #baton: string | undefined;
  #baseUrl: string | undefined;
  #ended = false;
  #hasWritten = false;
  /** The current request; never rejects. */
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(client: HranaClient, slots: RequestSlots) {
    this.#client = client;
    this.#slots = slots;
  }

  /** Begins and reads in one request. The result is null if a table or column that the read names does not exist. */
  async begin(read: SqlStatement, { signal, deadline }: RequestOptions): Promise<SqlResult | null> {
    const steps = [
      { stmt: stepOf('BEGIN IMMEDIATE') },
      { stmt: toHranaStatement(read), condition: afterStep(0) },
    ];
    const begun = this.#batch(steps, { effect: 'read', deadline });
    try {
      const { steps: results, errors } = await unlessAborted(begun, signal);
      if (errors[0]) throw mapError(errors[0]);
      if (results[1]) return toSqlResult(results[1]);
      const error = mapError(errors[1] ?? undefined);
      if (isSqlError(error)) return null;
      throw error;
    } catch (error) {
      // Aborting the request does not stop the server from beginning the transaction.
      this.#ended = true;
      const undone = this.#abandon();
      if (!signal?.aborted) await undone;
      throw error;
    }
  }

  async execute(statement: SqlStatement): Promise<SqlResult> {
    this.#assertOpen();
    if (!READS.test(statement.sql)) this.#hasWritten = true;
    const step: HranaStep = { stmt: toHranaStatement(statement), condition: IN_TRANSACTION };
    const { steps, errors } = await this.#batch([step]);
    if (errors[0]) throw mapError(errors[0]);
    if (steps[0]) return toSqlResult(steps[0]);
    throw rolledBack();
  }

  async commit(): Promise<void> {
    this.#assertOpen();
    this.#ended = true;
    const slot = this.#hasWritten && this.#client.repeats ? this.#slots.take() : null;
    try {
      await this.#commit(slot);
    } finally {
      if (slot) this.#slots.giveBack(slot);
    }
  }

  /** The claim of the slot is committed with the transaction, so it later proves whether the commit took effect. */
  async #commit(slot: RequestSlot | null): Promise<void> {
    const claim = slot ? this.#slots.claim(slot) : [];
    const steps: HranaStep[] = claim.map((statement) => ({
      stmt: toHranaStatement(statement),
      condition: IN_TRANSACTION,
    }));
    const commit = steps.push({ stmt: stepOf('COMMIT'), condition: IN_TRANSACTION }) - 1;
    const ask: HranaStep = { stmt: stepOf(BROKEN_REFERENCES), condition: { type: 'error', step: commit } };
    const inside = steps.push(ask) - 1;
    const outside = steps.push(ROLLBACK, ask) - 1;
    let result: BatchResult;
    try {
      result = await this.#batch(steps);
    } catch (error) {
      await this.#abandon();
      if (slot && isUnknown(error)) return this.#settle(slot, error);
      throw error;
    }
    if (this.#baton !== undefined) await this.#send([{ type: 'close' }]).catch(() => undefined);
    if (slot && result.errors[0]) this.#slots.isMissing(mapError(result.errors[0]));
    const error = result.errors[commit];
    if (error) {
      const answerOf = (step: number) => (result.steps[step] ? toSqlResult(result.steps[step]) : null);
      throw namingBrokenReference(mapError(error), answerOf(inside), answerOf(outside));
    }
    if (!result.steps[commit]) throw rolledBack();
  }

  /**
   * Handles a lost response to the commit. Once the write lock can be acquired the transaction has ended, and its claim
   * either exists or never will. The reason for a missing claim (a foreign key, a timeout, an undelivered request) is lost.
   */
  async #settle(slot: RequestSlot, error: ObjectStackError): Promise<void> {
    const batch = batchSteps([lastRequest(slot)], { foreignKeys: 'on', mode: 'write' });
    const answer = await this.#client
      .send([{ type: 'batch', batch: { steps: batch.steps } }, { type: 'close' }], { effect: 'read' })
      .catch(() => null);
    const outcome = answer?.outcomes[0];
    if (outcome?.type !== 'batch') throw error;
    let sequence: unknown;
    try {
      sequence = readBatch(outcome.result, batch)[0]?.rows[0]?.sequence;
    } catch {
      throw error;
    }
    if (Number(sequence) === slot.sequence) return;
    throw rolledBackUnheard(error);
  }

  /** The server itself rolls back a stream that is no longer reachable. */
  async rollback(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#abandon();
  }

  /** Rolls back after the current request, so that other writers need not wait for the stream to expire. */
  async #abandon(): Promise<void> {
    await this.#underWay;
    if (this.#baton === undefined) return;
    await this.#send([{ type: 'batch', batch: { steps: [ROLLBACK] } }, { type: 'close' }]).catch(
      () => undefined,
    );
  }

  async #batch(steps: readonly HranaStep[], sending?: Partial<Sending>): Promise<BatchResult> {
    const [outcome] = await this.#send([{ type: 'batch', batch: { steps } }], sending);
    if (outcome?.type === 'batch') return outcome.result;
    throw mapError(outcome?.type === 'error' ? outcome.error : undefined);
  }

  /** Without a baton the stream is lost and the server rolls it back. */
  async #send(requests: readonly HranaRequest[], sending: Partial<Sending> = {}) {
    const [baton, baseUrl] = [this.#baton, this.#baseUrl];
    this.#baton = undefined;
    const sent = this.#client
      .send(requests, { effect: 'write', ...sending, baton, baseUrl })
      .then((answer) => {
        this.#baton = answer.baton;
        this.#baseUrl = answer.baseUrl ?? baseUrl;
        return answer.outcomes;
      });
    this.#underWay = sent.catch(() => undefined);
    return sent;
  }

  #assertOpen(): void {
    if (this.#ended)
      throw new ObjectStackError({ code: 'invalid_transaction', message: 'The transaction has ended.' });
    if (this.#baton === undefined)
      throw new ObjectStackError({
        code: 'transaction_expired',
        message:
          'The server no longer has the transaction and rolled it back. Run the whole transaction again.',
      });
  }
}

/** The error of a commit whose response was lost and which certainly had no effect. */
const rolledBackUnheard = ({ code, retryable, details }: ObjectStackError) =>
  new ObjectStackError({
    code,
    retryable,
    message:
      'The response to the commit was lost. The transaction was rolled back and had no effect. Run it again.',
    details: { ...details, outcome: 'none' },
  });

const isUnknown = (error: unknown): error is ObjectStackError =>
  ObjectStackError.isInstance(error) && error.details.outcome === 'unknown';
