import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AtomicRequest } from '../connection.js';
import { mapError } from '../map-error.js';
import type { BatchResult } from './hrana-answer.js';
import type { HranaStep } from './hrana-request.js';
import { toHranaStatement, toSqlResult } from './hrana-result.js';

const plain = (sql: string) => toHranaStatement({ sql });
const BEGIN = { read: 'BEGIN DEFERRED', write: 'BEGIN IMMEDIATE' } as const;

export const IN_TRANSACTION = { type: 'not', cond: { type: 'is_autocommit' } } as const;
export const ROLLBACK: HranaStep = { stmt: plain('ROLLBACK'), condition: IN_TRANSACTION };

/** Condition of a step that follows another one in the same transaction. */
export const afterStep = (step: number): NonNullable<HranaStep['condition']> => ({
  type: 'and',
  conds: [{ type: 'ok', step }, IN_TRANSACTION],
});

/** Steps of a batch and the positions of the caller's statements in it. */
export interface BatchSteps {
  readonly steps: HranaStep[];
  readonly first: number;
  readonly commit: number;
}

/**
 * One transaction in one request. Each statement runs only if the previous one succeeded and the transaction is still
 * open, because the server may roll the transaction back at any time.
 */
export function batchSteps(
  statements: readonly SqlStatement[],
  { foreignKeys, mode }: Pick<AtomicRequest, 'foreignKeys' | 'mode'>,
): BatchSteps {
  const setup = foreignKeys === 'off' ? ['PRAGMA foreign_keys = OFF', BEGIN[mode]] : [BEGIN[mode]];
  const steps: HranaStep[] = setup.map((sql, index) => ({
    stmt: plain(sql),
    ...(index > 0 && { condition: { type: 'ok' as const, step: index - 1 } }),
  }));
  const first = steps.length;
  for (const statement of statements)
    steps.push({ stmt: toHranaStatement(statement), condition: afterStep(steps.length - 1) });
  const commit = steps.length;
  steps.push({ stmt: plain('COMMIT'), condition: afterStep(commit - 1) }, ROLLBACK);
  return { steps, first, commit };
}

/** The server rolled the transaction back, for example because it blocked another writer for too long. */
export function rolledBack(): ObjectStackError {
  return new ObjectStackError({
    code: 'transaction_expired',
    message: 'The server rolled the transaction back. Run it again.',
  });
}

/** Results of the caller's statements. Throws the error that stopped the batch, with `details.statementIndex`. */
export function readBatch({ steps, errors }: BatchResult, { first, commit }: BatchSteps): SqlResult[] {
  const failed = errors.findIndex((error) => error !== null);
  const error = errors[failed];
  if (error && failed <= commit) {
    const isOurs = failed >= first && failed < commit;
    throw mapError({ ...error, ...(isOurs && { statementIndex: failed - first }) });
  }
  if (!steps[commit]) throw rolledBack();
  return steps.slice(first, commit).map((result) => {
    if (result) return toSqlResult(result);
    throw new ObjectStackError({ code: 'internal', message: 'A statement of a batch has no result.' });
  });
}
