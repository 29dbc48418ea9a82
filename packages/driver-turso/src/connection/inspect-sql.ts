import type { SqlStatement } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

const TOKEN = /'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[?:@$]\w*|\w+|;|\S/g;
const COMMENT = /^(--|\/\*)/;
const LEADING_COMMENTS = /^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/;

/** They act on the connection, which others share, or reach into other files. */
const REFUSED = /^(ATTACH|DETACH|VACUUM|BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\b/i;
const PRAGMA = /^PRAGMA\b/i;
const READING_PRAGMA =
  /^PRAGMA\s+(\w+\.)?(\w+\s*(?:;\s*)?$|(table_x?info|table_list|index_list|index_x?info|foreign_key_list|foreign_key_check|integrity_check|quick_check)\b[^=]*$)/i;
const CREATES_TRIGGER = /^CREATE\s+(TEMP\s+|TEMPORARY\s+)?TRIGGER\b/i;

function refuse(reason: string): never {
  throw new ObjectStackError({
    code: 'sql_error',
    message: 'The statement is refused.',
    details: { reason },
  });
}

function assertOne(tokens: readonly string[]): void {
  const end = tokens.indexOf(';');
  if (end !== -1 && tokens.slice(end).some((token) => token !== ';')) refuse('more than one statement');
}

/** Numbered and named placeholders are left to the database. */
function assertBound(tokens: readonly string[], given: number): void {
  const placeholders = tokens.filter((token) => /^[?:@$]/.test(token));
  if (placeholders.every((token) => token === '?') && placeholders.length !== given)
    refuse('another number of values than placeholders');
}

/**
 * Refuses what a local file would take and a remote database would not: a second statement, which would be passed
 * over in silence, a missing value, which would be bound as NULL, and whatever changes the connection.
 */
export function assertPlainStatement({ sql, args = [] }: SqlStatement): void {
  if (typeof sql !== 'string' || !isStorableText(sql) || !Array.isArray(args))
    refuse('no text with a list of values');
  const text = sql.replace(LEADING_COMMENTS, '');
  if (REFUSED.test(text)) refuse('a statement about the connection or another file');
  if (PRAGMA.test(text) && !READING_PRAGMA.test(text)) refuse('a PRAGMA that changes a setting');
  if (!/[;?:@$]/.test(text) && args.length === 0) return;
  const tokens = (text.match(TOKEN) ?? []).filter((token) => !COMMENT.test(token));
  if (!CREATES_TRIGGER.test(text)) assertOne(tokens);
  assertBound(tokens, args.length);
}

/** The same for a statement of a list; the error says which. */
export function assertPlainAt(statement: SqlStatement, statementIndex: number): void {
  try {
    assertPlainStatement(statement);
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    const { code, message, details } = error;
    throw new ObjectStackError({ code, message, details: { ...details, statementIndex } });
  }
}
