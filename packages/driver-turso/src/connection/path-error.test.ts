import { describe, expect, it } from 'vitest';
import { pathError, readingPath } from './path-error.js';

const systemError = (code: string) =>
  Object.assign(new Error(`${code}: refused, stat '/secret/a.db'`), { code });

describe('pathError', () => {
  it.each([
    ['ENOTDIR', 'configuration_invalid'],
    ['ENAMETOOLONG', 'configuration_invalid'],
    ['ELOOP', 'configuration_invalid'],
    ['EACCES', 'database_blocked'],
  ])('maps %s to %s, without the path', (systemCode, code) => {
    const error = pathError(systemError(systemCode)) as Error;
    expect(error).toMatchObject({ code, details: { systemCode } });
    expect(JSON.stringify([error, error.message, error.cause ?? null])).not.toContain('secret');
  });

  it.each([systemError('EIO'), new Error('x'), null, undefined])('returns any other error: %s', (error) => {
    expect(pathError(error)).toBe(error);
  });
});

describe('readingPath', () => {
  it('returns the result', () => {
    expect(readingPath(() => 7)).toBe(7);
  });

  it('throws the mapped error', () => {
    expect(() =>
      readingPath(() => {
        throw systemError('EACCES');
      }),
    ).toThrow(expect.objectContaining({ code: 'database_blocked' }));
  });
});
