import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  BROKEN_REFERENCES,
  type BrokenCount,
  brokenCounts,
  missingReference,
  namingReference,
  newlyBroken,
  stillReferredTo,
  toBrokenCount,
} from '../connection/broken-reference.js';
import type { AtomicRequest } from '../connection/connection.js';
import { readHead } from '../sql/statement-head.js';
import { tokenize } from '../sql/tokenize.js';
import { writingVerb } from '../sql/writing-verb.js';

/*
 * Statements that failed because of a foreign key are run once more, followed by a statement that always fails, so that
 * they are rolled back. Its error carries the violated foreign keys, because a failed batch returns no results.
 */

const GUARD = 'OS_BROKEN_REFERENCE.';

/** Fails with the violated foreign keys, as JSON in hexadecimal digits. */
const FAIL_WITH_BROKEN: SqlStatement = {
  sql: `SELECT json_extract('{}', '${GUARD}' || (
    SELECT hex(json_group_array(json_array(object, field, target, count))) FROM (${BROKEN_REFERENCES})))`,
};

/** Runs statements in one transaction, in the same database as the first run. */
interface AtomicRunner {
  atomic(statements: readonly SqlStatement[], request: AtomicRequest): Promise<SqlResult[]>;
}

function brokenIn(error: unknown): BrokenCount[] {
  const guard = ObjectStackError.isInstance(error) ? String(error.details.guard ?? '') : '';
  if (!guard.startsWith(GUARD)) return [];
  const broken = JSON.parse(Buffer.from(guard.slice(GUARD.length), 'hex').toString('utf8'));
  return (broken as unknown[][]).map(([object, field, target, count]) =>
    toBrokenCount({ object, field, target, count }),
  );
}

function isDeletion({ sql }: SqlStatement): boolean {
  const tokens = tokenize(sql);
  return writingVerb(tokens, readHead(tokens)) === 'DELETE';
}

/**
 * Runs statements in one transaction and names a violated foreign key in the error. In the second run all foreign keys
 * are deferred, including those with RESTRICT, so that the violations can be queried inside the transaction.
 */
export async function explainAtomic<T>(
  runner: AtomicRunner,
  { statements, request }: { statements: readonly SqlStatement[]; request: AtomicRequest },
  run: () => Promise<T>,
): Promise<T> {
  return namingReference(async (error) => {
    const { statementIndex } = error.details;
    const failed = typeof statementIndex === 'number' ? statementIndex : statements.length - 1;
    const ran = statements.slice(0, failed + 1);
    const again = [{ sql: 'PRAGMA defer_foreign_keys = ON' }, ...ran, FAIL_WITH_BROKEN];
    const inside = await runner.atomic(again, request).then(() => [], brokenIn);
    if (inside.length === 0) return null;
    const [outside] = await runner.atomic([{ sql: BROKEN_REFERENCES }], { ...request, mode: 'read' });
    const found = newlyBroken(inside, brokenCounts(outside as SqlResult));
    const last = statementIndex !== undefined || statements.length === 1 ? ran.at(-1) : undefined;
    return (
      found && (last && isDeletion(last) ? stillReferredTo(error, found) : missingReference(error, found))
    );
  }, run);
}
