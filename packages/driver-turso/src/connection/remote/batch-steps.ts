import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AtomicRequest } from '../connection.js';
import { mapError } from '../map-error.js';
import type { BatchResult, HranaStep } from './hrana-client.js';
import { toHranaStatement, toSqlResult } from './hrana-values.js';

const plain = (sql: string) => toHranaStatement({ sql });
const BEGIN = { read: 'BEGIN DEFERRED', write: 'BEGIN IMMEDIATE' } as const;

/** Steps of a batch, and where the caller's statements are among them. */
export interface BatchSteps {
  readonly steps: HranaStep[];
  readonly first: number;
  readonly commit: number;
}

/**
 * One transaction in one request. Each statement runs only after the one before it and inside the transaction, because
 * the server may take the lock away in the middle.
 */
export function batchSteps(
  statements: readonly SqlStatement[],
  { foreignKeys, mode }: AtomicRequest,
): BatchSteps {
  const setup = foreignKeys === 'off' ? ['PRAGMA foreign_keys = OFF', BEGIN[mode]] : [BEGIN[mode]];
  const steps: HranaStep[] = setup.map((sql, index) => ({
    stmt: plain(sql),
    ...(index > 0 && { condition: { type: 'ok' as const, step: index - 1 } }),
  }));
  const inTransaction = (): HranaStep['condition'] => ({
    type: 'and',
    conds: [
      { type: 'ok', step: steps.length - 1 },
      { type: 'not', cond: { type: 'is_autocommit' } },
    ],
  });
  const first = steps.length;
  for (const statement of statements) {
    const condition = inTransaction();
    steps.push({ stmt: toHranaStatement(statement), ...(condition && { condition }) });
  }
  const commit = steps.length;
  const condition = inTransaction();
  steps.push({ stmt: plain('COMMIT'), ...(condition && { condition }) });
  steps.push({ stmt: plain('ROLLBACK'), condition: { type: 'not', cond: { type: 'is_autocommit' } } });
  return { steps, first, commit };
}

/** Results of the caller's statements. Throws what stopped the batch, with `details.statementIndex`. */
export function readBatch(
  { step_results, step_errors }: BatchResult,
  { first, commit }: BatchSteps,
): SqlResult[] {
  const failed = step_errors.findIndex((error) => error !== null && error !== undefined);
  if (failed !== -1 && failed <= commit) {
    const { message, code } = step_errors[failed] ?? { message: '' };
    const isOurs = failed >= first && failed < commit;
    throw mapError({ message, code: code ?? '', ...(isOurs && { statementIndex: failed - first }) });
  }
  if (!step_results[commit]) {
    throw new ObjectStackError({
      code: 'transaction_expired',
      message: 'The server rolled the transaction back.',
    });
  }
  return step_results.slice(first, commit).map((result) => {
    if (result) return toSqlResult(result);
    throw new ObjectStackError({ code: 'internal', message: 'A statement of a batch has no result.' });
  });
}
