import type { AtomicOptions, SqlStatement } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { assertSafeSql, refuseName } from '../sql/assert-safe-sql.js';
import { READING_STATEMENTS, REFUSED_STATEMENTS, WRITING_STATEMENTS } from '../sql/sql-allow-list.js';
import { readHead, type StatementHead } from '../sql/statement-head.js';
import { type Token, tokenize } from '../sql/tokenize.js';
import { pragmaName, writingVerb } from '../sql/writing-verb.js';

const CHECKPOINT = 'wal_checkpoint';
const MENTIONS_CHECKPOINT = /wal_checkpoint/i;

type Mode = AtomicOptions['mode'];

function refuse(reason: string): never {
  throw new ObjectStackError({
    code: 'sql_error',
    message: `The SQL statement was refused: ${reason}. Pass one statement, with one value for each placeholder.`,
    details: { reason },
  });
}

/** Index of the token that ends the statement: the first semicolon, or in a trigger the END that follows one. */
function endOf(tokens: readonly Token[], { made }: StatementHead): number {
  if (made?.kind !== 'trigger') return tokens.findIndex(({ text }) => text === ';');
  const end = tokens.findIndex((token, at) => token.word === 'end' && tokens[at - 1]?.text === ';');
  return end === -1 ? -1 : end + 1;
}

function assertOne(tokens: readonly Token[], head: StatementHead): void {
  const end = endOf(tokens, head);
  if (end !== -1 && tokens.slice(end).some(({ text }) => text !== ';')) refuse('more than one statement');
}

/** Number of values that the statement takes. Numbered and named placeholders are checked by the database. */
function placeholdersIn(tokens: readonly Token[]): number | null {
  const placeholders = tokens.filter(({ kind }) => kind === 'variable');
  return placeholders.every(({ text }) => text === '?') ? placeholders.length : null;
}

function assertStatement(tokens: readonly Token[], { verb }: StatementHead): void {
  if (tokens.some(({ kind }) => kind === 'unknown'))
    refuse('an unclosed quote, or a character that is not SQL');
  const isKnown = [READING_STATEMENTS, WRITING_STATEMENTS, REFUSED_STATEMENTS].some((verbs) =>
    verbs.has(verb),
  );
  if (!isKnown) refuse('not an SQL statement');
}

/**
 * Rejects what a local file would accept and a remote database would not: a second statement, which would silently be
 * ignored, and a missing value, which would be bound as NULL. Rejects with `not_allowed` statements that change the
 * connection or reach beyond the database and, in `read` mode, statements that write.
 */
export function assertPlainStatement({ sql, args = [] }: SqlStatement, mode: Mode = 'write'): void {
  if (typeof sql !== 'string' || !isStorableText(sql) || !Array.isArray(args))
    refuse('`sql` must be a string that can be stored, and `args` an array');
  const accepted = mode === 'read' ? READS : WRITES;
  const known = accepted.get(sql);
  const placeholders = known === undefined ? inspect(sql, mode) : known;
  if (placeholders !== null && placeholders !== args.length)
    refuse('the number of values differs from the number of placeholders');
  if (known === undefined && sql.length <= MOST_CHARACTERS) remember(accepted, sql, placeholders);
}

/** Cached by text: most statements are repeated with other values or in another database. */
const READS = new Map<string, number | null>();
const WRITES = new Map<string, number | null>();
const MOST_STATEMENTS = 1_000;
const MOST_CHARACTERS = 4_000;

function remember(accepted: Map<string, number | null>, sql: string, placeholders: number | null): void {
  if (accepted.size >= MOST_STATEMENTS) accepted.clear();
  accepted.set(sql, placeholders);
}

function inspect(sql: string, mode: Mode): number | null {
  const tokens = tokenize(sql);
  if (tokens.length > 0) assertPlainTokens(tokens, mode);
  return placeholdersIn(tokens);
}

/**
 * SQLite treats an explained statement as running until it is reset, which the client of local databases leaves to the
 * garbage collector. Until then, one that would write prevents every later transaction from committing.
 */
function assertExplainable(tokens: readonly Token[], head: StatementHead): void {
  if (!head.isExplained) return;
  const verb = head.verb === 'pragma' ? 'PRAGMA' : writingVerb(tokens, { ...head, isExplained: false });
  if (verb !== undefined) refuseName(`EXPLAIN ${verb}`, 'only a statement that reads can be explained');
}

function assertPlainTokens(tokens: readonly Token[], mode: Mode): void {
  const head = readHead(tokens);
  assertOne(tokens, head);
  assertStatement(tokens, head);
  assertSafeSql(tokens, head);
  assertExplainable(tokens, head);
  const writes = mode === 'read' ? writingVerb(tokens, head) : undefined;
  if (writes !== undefined) refuseName(writes, 'the transaction is one that only reads');
}

/** SQLite reports a checkpoint inside a transaction as a database that is locked by another process. */
function assertNoCheckpoint(sql: string): void {
  if (!MENTIONS_CHECKPOINT.test(sql)) return;
  const tokens = tokenize(sql);
  const { verb, verbAt } = readHead(tokens);
  if (verb === 'pragma' && pragmaName(tokens, verbAt + 1) === CHECKPOINT)
    refuseName(`PRAGMA ${CHECKPOINT}`, 'a checkpoint cannot run inside a transaction');
}

/** Like {@link assertPlainStatement}, for a statement inside a transaction. */
export function assertPlainInside(statement: SqlStatement, mode: Mode = 'write'): void {
  assertPlainStatement(statement, mode);
  assertNoCheckpoint(statement.sql);
}

/** Like {@link assertPlainInside}, for one statement of a list; the error carries its index. */
export function assertPlainAt(statement: SqlStatement, statementIndex: number, mode: Mode = 'write'): void {
  try {
    assertPlainInside(statement, mode);
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    const { code, message, details } = error;
    throw new ObjectStackError({ code, message, details: { ...details, statementIndex } });
  }
}
