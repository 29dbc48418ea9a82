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
 * Statements that were refused because a foreign key does not hold are run once more, followed by a statement that always
 * fails, so that nothing of them stays. Its error carries the foreign keys: the results of a batch that fails are lost.
 */

const GUARD = 'OS_BROKEN_REFERENCE.';

/** Fails with the foreign keys that do not hold, as JSON in hexadecimal digits. */
const FAIL_WITH_BROKEN: SqlStatement = {
  sql: `SELECT json_extract('{}', '${GUARD}' || (
    SELECT hex(json_group_array(json_array(object, field, target, count))) FROM (${BROKEN_REFERENCES})))`,
};

/** What runs statements in one transaction, in the database that the first ones ran in. */
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
 * Runs statements in one transaction; a foreign key that does not hold is named in the error. When they run once more, all
 * foreign keys wait for the end, those that restrict too: only so can the transaction be asked.
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
