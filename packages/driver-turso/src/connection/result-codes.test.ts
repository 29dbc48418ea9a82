import { ERROR_CODES, type ErrorCode } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { mapError } from './map-error.js';
import { PRIMARY_CODES } from './primary-code-of.js';

interface Decision {
  readonly code: ErrorCode;
  /** For a local file, if it differs from that of a server. */
  readonly local?: ErrorCode;
  /** Result codes: a primary one, followed by its extended ones without the name of the primary one. */
  readonly of: readonly string[];
}

/** Primary and extended result codes of SQLite's sqlite3.h, by the error code to which each is mapped. */
const DECISIONS: readonly Decision[] = [
  { code: 'database_busy', of: ['BUSY', 'BUSY_RECOVERY', 'BUSY_SNAPSHOT', 'BUSY_TIMEOUT', 'PROTOCOL'] },
  { code: 'database_busy', of: ['LOCKED', 'LOCKED_SHAREDCACHE', 'LOCKED_VTAB'] },
  { code: 'out_of_memory', of: ['NOMEM', 'IOERR_NOMEM'] },
  { code: 'request_timeout', of: ['INTERRUPT'] },
  { code: 'transaction_expired', of: ['ABORT', 'ABORT_ROLLBACK'] },
  { code: 'metadata_changed', of: ['SCHEMA'] },
  { code: 'database_full', of: ['FULL', 'NOLFS'] },
  { code: 'invalid_query', of: ['TOOBIG'] },
  { code: 'unauthorized', of: ['AUTH', 'AUTH_USER'] },
  { code: 'unauthorized', local: 'database_blocked', of: ['READONLY'] },
  { code: 'database_blocked', local: 'database_not_found', of: ['READONLY_DBMOVED'] },
  {
    code: 'database_blocked',
    of: ['CANTINIT', 'CANTLOCK', 'DIRECTORY', 'RECOVERY', 'ROLLBACK'].map((name) => `READONLY_${name}`),
  },
  { code: 'database_invalid', of: ['NOTADB', 'PERM'] },
  { code: 'database_invalid', of: ['CORRUPT', 'CORRUPT_INDEX', 'CORRUPT_SEQUENCE', 'CORRUPT_VTAB'] },
  {
    code: 'database_invalid',
    of: ['CONVPATH', 'DIRTYWAL', 'FULLPATH', 'ISDIR', 'NOTEMPDIR', 'SYMLINK'].map(
      (name) => `CANTOPEN_${name}`,
    ),
  },
  { code: 'database_invalid', of: ['CANTOPEN', 'IOERR'] },
  {
    code: 'database_invalid',
    of: [
      ...['ACCESS', 'AUTH', 'BADKEY', 'BEGIN_ATOMIC', 'BLOCKED', 'CHECKRESERVEDLOCK', 'CLOSE', 'CODEC'],
      ...['COMMIT_ATOMIC', 'CONVPATH', 'CORRUPTFS', 'DATA', 'DELETE', 'DELETE_NOENT', 'DIR_CLOSE'],
      ...['DIR_FSYNC', 'FSTAT', 'FSYNC', 'GETTEMPPATH', 'IN_PAGE', 'LOCK', 'MMAP', 'RDLOCK', 'READ'],
      ...['ROLLBACK_ATOMIC', 'SEEK', 'SHMLOCK', 'SHMMAP', 'SHMOPEN', 'SHMSIZE', 'SHORT_READ', 'TRUNCATE'],
      ...['UNLOCK', 'VNODE', 'WRITE'],
    ].map((name) => `IOERR_${name}`),
  },
  {
    code: 'unique_violation',
    of: ['CONSTRAINT_PRIMARYKEY', 'CONSTRAINT_ROWID', 'CONSTRAINT_UNIQUE'],
  },
  { code: 'foreign_key_violation', of: ['CONSTRAINT_FOREIGNKEY'] },
  { code: 'not_null_violation', of: ['CONSTRAINT_NOTNULL'] },
];

/** Result codes that are meant to be `sql_error`, by the reason. */
const SQL_ERRORS: Readonly<Record<string, readonly string[]>> = {
  'the statement is wrong': ['ERROR', 'MISMATCH', 'RANGE'],
  'a function, collation, key or snapshot that the statement needs does not exist': [
    ...['ERROR_KEY', 'ERROR_MISSING_COLLSEQ', 'ERROR_RESERVESIZE', 'ERROR_RETRY', 'ERROR_SNAPSHOT'],
    ...['ERROR_UNABLE', 'NOTFOUND'],
  ],
  'a rule that only an unmanaged table, trigger, hook or virtual table has': [
    ...['CHECK', 'COMMITHOOK', 'DATATYPE', 'FUNCTION', 'PINNED', 'TRIGGER', 'VTAB'].map(
      (name) => `CONSTRAINT_${name}`,
    ),
    'CONSTRAINT',
  ],
  'a fault of SQLite or of the driver': ['INTERNAL', 'MISUSE'],
  'SQLite does not return it': ['EMPTY', 'FORMAT'],
  'it is not an error': [
    ...['OK', 'OK_LOAD_PERMANENTLY', 'OK_SYMLINK', 'ROW', 'DONE', 'NOTICE', 'NOTICE_RBU'],
    ...['NOTICE_RECOVER_ROLLBACK', 'NOTICE_RECOVER_WAL', 'WARNING', 'WARNING_AUTOINDEX'],
  ],
};

const decided = DECISIONS.flatMap(({ code, local = code, of }) => of.map((name) => ({ name, code, local })));
const meant = Object.values(SQL_ERRORS)
  .flat()
  .map((name) => ({ name, code: 'sql_error' as const, local: 'sql_error' as const }));
const all = [...decided, ...meant];

const raised = (name: string, rest = {}) => Object.assign(new Error(''), { code: `SQLITE_${name}`, ...rest });

describe('mapError for result codes of SQLite', () => {
  it.each(all)('maps $name to $code, for a local file to $local', ({ name, code, local }) => {
    expect(mapError(raised(name)).code).toBe(code);
    expect(mapError(raised(name, { rawCode: 1 })).code).toBe(local);
  });

  it('decides every primary code, and no code twice', () => {
    const names = all.map(({ name }) => `SQLITE_${name}`);
    expect(PRIMARY_CODES.filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    [10 | (34 << 8), 'database_invalid'],
    [14 | (9 << 8), 'database_invalid'],
    [7 | (9 << 8), 'out_of_memory'],
    [1 | (9 << 8), 'sql_error'],
  ])('maps the code %d, of which the native library has no name, to %s', (rawCode, code) => {
    const error = Object.assign(new Error(''), { code: 'UNKNOWN_SQLITE_ERROR', rawCode });
    expect(mapError(error).code).toBe(code);
  });

  it.each([
    ['NOMEM', 'applied nothing. Retry'],
    ['IOERR_NOMEM', 'applied nothing. Retry'],
    ['INTERRUPT', 'applied none of it. Retry'],
    ['SCHEMA', 'Nothing of it was applied. Retry'],
    ['ABORT_ROLLBACK', 'nothing of it was applied. Repeat'],
  ])('marks %s as retryable, and says what was applied and what to do', (name, text) => {
    const error = mapError(raised(name, { rawCode: 1 }));
    expect(error.retryable).toBe(true);
    expect(ERROR_CODES[error.code].retryable).toBe(true);
    expect(error.message).toContain(text);
  });

  it('recognizes a lack of memory by its text, unless a statement is quoted', () => {
    expect(mapError(new Error('SQLite error: out of memory')).code).toBe('out_of_memory');
    expect(mapError(new Error('no such column: "out of memory"')).code).toBe('sql_error');
  });

  it.each(['TRANSACTION_CLOSED', 'SQLITE_ABORT_ROLLBACK'])(
    'reports after %s a transaction to repeat',
    (code) => {
      expect(mapError(Object.assign(new Error(''), { code }))).toMatchObject({ code: 'transaction_expired' });
    },
  );
});
