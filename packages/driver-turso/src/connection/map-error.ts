import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { primaryCodeOf } from './primary-code-of.js';

/** Limits of the parser, which are errors of the statement, not of the database. */
const TOO_LARGE =
  /parser stack overflow|string or blob too big|Expression tree is too large|too many SQL variables|statement too long/i;

const TOO_LARGE_TEXT = 'The statement has too many conditions or values.';

/** Messages quote parts of statements, which may contain values; a closing quote may be missing. */
const QUOTED = /"[^"]*("|$)|'[^']*('|$)/g;

const FULL =
  'The database or its disk is full. Free space or raise the size limit of the database, then retry.';

const OUT_OF_MEMORY =
  'The database ran out of memory and applied nothing. Retry with fewer records or values, or give its process more memory.';

/** Errors that prevent a file from being used, by SQLite error code or, for errors without a code, by text. */
const FILE_FAULTS: readonly (readonly [RegExp, RegExp, string])[] = [
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    /not a database|disk image is malformed|malformed database schema/,
    'The file is damaged or not a database. Restore it from a backup.',
  ],
  [
    /^SQLITE_(CANTOPEN|PERM$)/,
    /Unable to open connection|unable to open database file/,
    'The database file or its log cannot be opened. Check that it is a file, and that the user of this process ' +
      'may read and write it and its directory.',
  ],
  [
    /^SQLITE_IOERR/,
    /disk I\/O error/,
    'Reading or writing the database file failed. Check the disk, then restore the file from a backup if it ' +
      'is damaged.',
  ],
];

/** Errors that a server reports about itself rather than about a statement. */
const BY_CODE: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [/^BLOCKED$/, 'database_blocked', 'The database currently refuses this kind of request.'],
  [/^SQLITE_(FULL|NOLFS)$/, 'database_full', FULL],
  [/^SQLITE_(IOERR_)?NOMEM$/, 'out_of_memory', OUT_OF_MEMORY],
  [
    /^SQLITE_INTERRUPT$/,
    'request_timeout',
    'The database stopped the statement before it was complete and applied none of it. Retry, or split the work into ' +
      'smaller parts.',
  ],
  [
    /^SQLITE_SCHEMA$/,
    'metadata_changed',
    'The schema changed while the statement was prepared. Nothing of it was applied. Retry.',
  ],
  [
    /^(TRANSACTION_TIMEOUT|STREAM_EXPIRED)$/,
    'transaction_expired',
    'The server rolled the transaction back.',
  ],
  [
    /^(TRANSACTION_CLOSED|SQLITE_ABORT.*)$/,
    'transaction_expired',
    'The database rolled the transaction back, so nothing of it was applied. Repeat the transaction.',
  ],
  [/^SQLITE_(AUTH(_USER)?|READONLY)$/, 'unauthorized', 'The token does not allow this.'],
  [/^SQLITE_TOOBIG$/, 'invalid_query', TOO_LARGE_TEXT],
  [
    /^RESPONSE_TOO_LARGE$/,
    'response_too_large',
    'The response is larger than the server allows. Read with findStream, or request fewer records or fields.',
  ],
];

/** A column of an adopted STRICT table rejects a value. */
const OTHER_TYPE = /cannot store \w+ value in (\w+) column (\w+)\.(\w+)/;

interface LibsqlFacts {
  code: string;
  /** Whether the error was raised by SQLite for a local file. */
  isLocal: boolean;
  message: string;
  statementIndex: number | undefined;
}

/** Raised by guard statements; see migration/plan/draft/guard-of.ts. */
const GUARD_PATTERN = /bad JSON path: '(OS_[A-Z_]+(?:\.[0-9A-F]*)?)'/i;

function factsOf(error: unknown): LibsqlFacts {
  const { code, extendedCode, message, statementIndex, rawCode } = (error ?? {}) as Record<string, unknown>;
  const name = String(extendedCode ?? code ?? '');
  const isLocal = typeof rawCode === 'number';
  return {
    isLocal,
    // The native library has no names for the newest extended codes.
    code: isLocal && name.startsWith('UNKNOWN_SQLITE_ERROR') ? primaryCodeOf(rawCode) : name,
    message: String(message ?? ''),
    statementIndex: typeof statementIndex === 'number' ? statementIndex : undefined,
  };
}

export function isBusy(error: unknown): boolean {
  const { code, message } = factsOf(error);
  return (
    /SQLITE_(BUSY|LOCKED|PROTOCOL)|TRANSACTION_BUSY/.test(code) || /database (table )?is locked/.test(message)
  );
}

/** Whether the lock is held by a statement of the same connection, not by another connection. */
export const isLocked = (error: unknown): boolean => factsOf(error).code === 'SQLITE_LOCKED';

function constraint(kind: string, message: string): { object?: string; fields?: string[] } {
  const columns = new RegExp(`${kind} constraint failed: ([\\w., ]+)`, 'i').exec(message)?.[1];
  if (!columns) return {};
  const parts = columns.split(',').map((column) => column.trim().split('.'));
  const object = parts[0]?.[0];
  const fields = parts.map((part) => part[1] ?? '');
  return { ...(object && { object }), fields };
}

const where = ({ object, fields }: { object?: string; fields?: string[] }) =>
  object ? ` (${object}: ${fields?.join(', ')})` : '';

/** A local file has no token, so the file system denied the write. */
export const READ_ONLY_FILE = {
  code: 'database_blocked',
  text:
    'The file of the database, its directory or its file system is read-only. Make them writable for the user of this ' +
    'process.',
  details: { reason: 'read_only' },
} as const;

/** The server has a token, but cannot write its own file. */
const READ_ONLY_SERVER = {
  ...READ_ONLY_FILE,
  text:
    'The server cannot write the file of the database. Make the file, its directory and its file system writable for the ' +
    'user of the server.',
};

/** Includes a file that was moved or deleted while it was open. */
export const MISSING_FILE = {
  code: 'database_not_found',
  text: 'The file of the database does not exist. Put it back in place, or restore it from a backup.',
  details: {},
} as const;

function classify({ code, message, isLocal }: LibsqlFacts): {
  code: ErrorCode;
  text: string;
  details: object;
} {
  if (isLocal && code === 'SQLITE_READONLY_DBMOVED') return MISSING_FILE;
  if (isLocal && code.startsWith('SQLITE_READONLY')) return READ_ONLY_FILE;
  if (code.startsWith('SQLITE_READONLY_')) return READ_ONLY_SERVER;
  const known = BY_CODE.find(([pattern]) => pattern.test(code));
  if (known) return { code: known[1], text: known[2], details: {} };
  const guard = GUARD_PATTERN.exec(message)?.[1];
  if (guard) return { code: 'plan_stale', text: 'A guard aborted the transaction.', details: { guard } };
  if (
    /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)$/.test(code) ||
    /UNIQUE constraint failed|PRIMARY KEY must be unique/i.test(message)
  ) {
    const details = constraint('UNIQUE', message);
    return {
      code: 'unique_violation',
      text: `Another record has the same value${where(details)}. Write another one, or update that record, for example with upsert.`,
      details,
    };
  }
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || /FOREIGN KEY constraint failed/i.test(message)) {
    return {
      code: 'foreign_key_violation',
      text: 'A record refers to a record that does not exist, or is still referenced.',
      details: {},
    };
  }
  if (code === 'SQLITE_CONSTRAINT_NOTNULL' || /NOT NULL constraint failed/i.test(message)) {
    const details = constraint('NOT NULL', message);
    return { code: 'not_null_violation', text: `A value is required${where(details)}. Write one.`, details };
  }
  const other = OTHER_TYPE.exec(message);
  if (other) {
    const [, type = '', object = '', field = ''] = other;
    return {
      code: 'validation_failed',
      text: `The column of ${object}.${field} stores only values of the type ${type}, because its table is STRICT.`,
      details: { object, violations: [{ field, rule: 'type', expected: `A value of the type ${type}.` }] },
    };
  }
  const fault = FILE_FAULTS.find(([codes, texts]) => codes.test(code) || texts.test(message));
  if (fault) return { code: 'database_invalid', text: fault[2], details: {} };
  if (/(^|: )out of memory$/i.test(message))
    return { code: 'out_of_memory', text: OUT_OF_MEMORY, details: {} };
  if (/database or disk is full/i.test(message)) return { code: 'database_full', text: FULL, details: {} };
  if (TOO_LARGE.test(message)) return { code: 'invalid_query', text: TOO_LARGE_TEXT, details: {} };
  const reason = message.replace(QUOTED, '…').replace(/^(SQLITE_\w+: )+/, '');
  return {
    code: 'sql_error',
    text: 'The database refused a statement.',
    details: { sqliteCode: code, reason },
  };
}

/** Maps a database error to an error of the protocol. Omits the original error, because it may quote a statement. */
export function mapError(error: unknown): ObjectStackError {
  if (ObjectStackError.isInstance(error)) return error;
  const facts = factsOf(error);
  const { code, text, details } = isBusy(error)
    ? { code: 'database_busy' as const, text: 'Another process has locked the database.', details: {} }
    : classify(facts);
  const { statementIndex } = facts;
  return new ObjectStackError({
    code,
    message: text,
    details: { ...details, ...(statementIndex !== undefined && { statementIndex }) },
  });
}
