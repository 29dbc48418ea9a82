import { describe, expect, it } from 'vitest';
import { diskFailure } from './disk-failure.js';

describe('diskFailure', () => {
  it.each([
    ['ENOSPC', 'database_full', false],
    ['EDQUOT', 'database_full', false],
    ['EMFILE', 'database_busy', true],
    ['ENFILE', 'database_busy', true],
    ['ENOTDIR', 'configuration_invalid', false],
    ['EEXIST', 'configuration_invalid', false],
    ['EISDIR', 'configuration_invalid', false],
    ['ELOOP', 'configuration_invalid', false],
    ['ENAMETOOLONG', 'configuration_invalid', false],
    ['EROFS', 'database_blocked', false],
    ['EACCES', 'database_blocked', false],
    ['EPERM', 'database_blocked', false],
    ['EIO', 'internal', false],
  ])('maps %s to %s without revealing a path', (systemCode, code, retryable) => {
    const error = diskFailure(
      Object.assign(new Error(`${systemCode}: open '/secret'`), { code: systemCode }),
    );
    expect(error).toMatchObject({ code, retryable });
    expect(JSON.stringify(error)).not.toContain('/secret');
  });

  it('maps an error without a code to internal', () => {
    expect(diskFailure(undefined).code).toBe('internal');
  });
});
