import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { isBusy, mapError } from './map-error.js';

const raised = (code: string, message: string, rest = {}) =>
  Object.assign(new Error(message), { code, ...rest });
const constraint = (message: string) => raised('SQLITE_CONSTRAINT', `SQLITE_CONSTRAINT: ${message}`);

describe('mapError', () => {
  it.each([
    [constraint('UNIQUE constraint failed: account.email'), 'unique_violation'],
    [constraint('UNIQUE constraint failed: account.a, account.b'), 'unique_violation'],
    [constraint('FOREIGN KEY constraint failed'), 'foreign_key_violation'],
    [constraint('NOT NULL constraint failed: account.name'), 'not_null_violation'],
    [raised('SQLITE_BUSY', 'SQLITE_BUSY: database is locked'), 'database_busy'],
    [raised('', 'database table is locked'), 'database_busy'],
    [raised('SQLITE_NOTADB', 'SQLITE_NOTADB: file is not a database'), 'database_invalid'],
    [raised('SQLITE_CORRUPT', 'SQLITE_CORRUPT: database disk image is malformed'), 'database_invalid'],
    [
      raised('', 'ConnectionFailed("Unable to open connection to local database /x: 14")'),
      'database_invalid',
    ],
    [raised('SQLITE_ERROR', "SQLITE_ERROR: bad JSON path: 'OS_NOT_EMPTY'"), 'plan_stale'],
    [
      raised('SQLITE_ERROR', 'SQLITE_ERROR: Expression tree is too large (maximum depth 1000)'),
      'invalid_query',
    ],
    [raised('SQLITE_ERROR', 'SQLITE_ERROR: no such table: account'), 'sql_error'],
    [raised('SQLITE_READONLY', 'attempt to write a readonly database', { rawCode: 8 }), 'database_blocked'],
    [raised('SQLITE_READONLY', 'attempt to write a readonly database'), 'unauthorized'],
    [new TypeError('undefined cannot be passed as argument to the database'), 'sql_error'],
    [null, 'sql_error'],
  ])('maps %s to %s', (error, code) => {
    expect(mapError(error).code).toBe(code);
  });

  it.each([
    [raised('SQLITE_NOTADB', 'file is not a database'), 'database_invalid', 'Restore it from a backup'],
    [raised('SQLITE_CORRUPT_INDEX', 'malformed'), 'database_invalid', 'Restore it from a backup'],
    [raised('SQLITE_CANTOPEN', 'unable to open database file'), 'database_invalid', 'may read and write it'],
    [raised('SQLITE_IOERR_READ', 'disk I/O error'), 'database_invalid', 'Check the disk'],
    [raised('SQLITE_FULL', 'database or disk is full'), 'database_full', 'then retry'],
    [raised('', 'database or disk is full'), 'database_full', 'then retry'],
    [raised('SQLITE_PROTOCOL', 'locking protocol'), 'database_busy', 'has locked the database'],
    [raised('SQLITE_TOOBIG', 'string or blob too big'), 'invalid_query', 'too many'],
    [
      raised('SQLITE_READONLY_DBMOVED', 'attempt to write a readonly database', { rawCode: 1032 }),
      'database_not_found',
      'does not exist',
    ],
  ])('says what to do after %s', (error, code, step) => {
    expect(mapError(error)).toMatchObject({ code, message: expect.stringContaining(step) });
  });

  it('reports object and fields of a violated constraint', () => {
    expect(mapError(constraint('UNIQUE constraint failed: account.a, account.b')).details).toEqual({
      object: 'account',
      fields: ['a', 'b'],
    });
    expect(mapError(constraint('NOT NULL constraint failed: account.name')).details).toEqual({
      object: 'account',
      fields: ['name'],
    });
  });

  it('retains the index of the failed statement', () => {
    expect(mapError(raised('SQLITE_ERROR', 'x', { statementIndex: 3 })).details.statementIndex).toBe(3);
  });

  it.each([
    'SQLITE_ERROR: near "secret": syntax error',
    'SQLITE_ERROR: fts5: syntax error near "secret"',
    'SQLITE_ERROR: unrecognized token: "\'secret"',
    "SQLITE_ERROR: bad JSON path: 'secret'",
    'SQLITE_ERROR: unrecognized token: "\'secret',
  ])('omits what %s quotes', (message) => {
    const error = mapError(raised('SQLITE_ERROR', message));
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(error.cause).toBeUndefined();
  });

  it('returns an ObjectStackError unchanged', () => {
    const error = new ObjectStackError({ code: 'aborted', message: 'x' });
    expect(mapError(error)).toBe(error);
  });
});

describe('isBusy', () => {
  it('distinguishes a locked database from other errors', () => {
    expect(isBusy(raised('SQLITE_BUSY_SNAPSHOT', ''))).toBe(true);
    expect(isBusy(raised('SQLITE_ERROR', 'no such table'))).toBe(false);
  });
});
