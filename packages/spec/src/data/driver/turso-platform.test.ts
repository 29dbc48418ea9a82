import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../../test/issue-paths.js';
import { TursoDatabaseInfoSchema, TursoTokenScope } from './turso-platform.zod.js';

const info = { name: 't-1', dbId: 'd1', url: 'libsql://t-1.example', group: 'default' };

describe('TursoTokenScope', () => {
  it('knows the two scopes of Turso', () => {
    expect(TursoTokenScope.options).toEqual(['full-access', 'read-only']);
  });
});

describe('TursoDatabaseInfoSchema', () => {
  it('drops what it does not know', () => {
    expect(TursoDatabaseInfoSchema.parse({ ...info, regions: [] })).toEqual(info);
  });

  it.each([
    ['name', { name: '' }],
    ['dbId', { dbId: undefined }],
    ['url', { url: 'libsql://t-1.example?authToken=secret' }],
    ['group', { group: 1 }],
  ])('refuses a wrong %s: %j', (path, change) => {
    expect(issuePaths(TursoDatabaseInfoSchema, { ...info, ...change })).toEqual([path]);
  });
});
