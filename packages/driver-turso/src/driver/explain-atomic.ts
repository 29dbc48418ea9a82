import type { SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  BROKEN_REFERENCE,
  type BrokenReference,
  isUnnamedReference,
  missingReference,
  stillReferredTo,
} from '../connection/broken-reference.js';
import type { AtomicRequest, Connection } from '../connection/connection.js';
import { readHead } from '../sql/statement-head.js';
import { tokenize } from '../sql/tokenize.js';
import { writingVerb } from '../sql/writing-verb.js';

/*
 * Statements that were refused because a foreign key does not hold are run once more, followed by a statement that always
 * fails, so that nothing of them stays. Its error carries the foreign key: the results of a batch that fails are lost.
 */

const GUARD = 'OS_BROKEN_REFERENCE.';

/** Fails with the first foreign key that does not hold, as JSON in hexadecimal digits. */
const FAIL_WITH_BROKEN: SqlStatement = {
  sql: `SELECT json_extract('{}', '${GUARD}' || coalesce((
    SELECT hex(json_array(object, field, target)) FROM (${BROKEN_REFERENCE})), ''))`,
};

function brokenIn(error: unknown): BrokenReference | null {
  const guard = ObjectStackError.isInstance(error) ? String(error.details.guard ?? '') : '';
  const found = guard.startsWith(GUARD) ? guard.slice(GUARD.length) : '';
  if (found === '') return null;
  const [object, field, target] = JSON.parse(Buffer.from(found, 'hex').toString('utf8')) as string[];
  return { object: String(object), field: String(field), target: String(target) };
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
  connection: Connection,
  { statements, request }: { statements: readonly SqlStatement[]; request: AtomicRequest },
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isUnnamedReference(error)) throw error;
    const { statementIndex } = error.details;
    const failed = typeof statementIndex === 'number' ? statementIndex : statements.length - 1;
    const ran = statements.slice(0, failed + 1);
    const again = [{ sql: 'PRAGMA defer_foreign_keys = ON' }, ...ran, FAIL_WITH_BROKEN];
    const found = await connection.atomic(again, request).then(() => null, brokenIn);
    if (!found) throw error;
    const last = statementIndex !== undefined || statements.length === 1 ? ran.at(-1) : undefined;
    throw last && isDeletion(last) ? stillReferredTo(error, found) : missingReference(error, found);
  }
}
