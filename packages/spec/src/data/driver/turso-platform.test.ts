import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../../test/issue-paths.js';
import { INSTANT } from '../../../test/samples.js';
import {
  TursoDatabaseInfoSchema,
  TursoDatabaseTokenSchema,
  TursoDatabaseUsageSchema,
  TursoTokenScope,
} from './turso-platform.zod.js';

const info = { name: 't-1', dbId: 'd1', url: 'libsql://t-1.example', group: 'default' };

describe('TursoTokenScope', () => {
  it('has the two scopes of Turso', () => {
    expect(TursoTokenScope.options).toEqual(['full-access', 'read-only']);
  });
});

describe('TursoDatabaseInfoSchema', () => {
  it('returns optional provider properties', () => {
    const full = {
      ...info,
      primaryLocation: 'aws-us-east-1',
      blockReads: true,
      blockWrites: false,
      deleteProtection: true,
    };
    expect(TursoDatabaseInfoSchema.parse(full)).toEqual(full);
  });

  it('drops unknown keys', () => {
    expect(TursoDatabaseInfoSchema.parse({ ...info, regions: [] })).toEqual(info);
  });

  it.each([
    ['name', { name: '' }],
    ['dbId', { dbId: undefined }],
    ['url', { url: 'libsql://t-1.example?authToken=secret' }],
    ['group', { group: 1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(TursoDatabaseInfoSchema, { ...info, ...change })).toEqual([path]);
  });
});

describe('TursoDatabaseUsageSchema', () => {
  it.each([
    { rowsRead: 0, rowsWritten: 1, storageBytes: 4096 },
    { rowsRead: null, rowsWritten: null, storageBytes: 0 },
  ])('accepts %j', (usage) => {
    expect(TursoDatabaseUsageSchema.parse(usage)).toEqual(usage);
  });

  it.each([
    ['rowsRead', { rowsRead: undefined }],
    ['rowsWritten', { rowsWritten: -1 }],
    ['storageBytes', { storageBytes: null }],
  ])('rejects an invalid %s: %j', (path, change) => {
    const usage = { rowsRead: 0, rowsWritten: 0, storageBytes: 0, ...change };
    expect(issuePaths(TursoDatabaseUsageSchema, usage)).toEqual([path]);
  });
});

describe('TursoDatabaseTokenSchema', () => {
  it.each([{ jwt: 'e.e.e' }, { jwt: 'e.e.e', expiresAt: INSTANT }])('accepts %j', (token) => {
    expect(TursoDatabaseTokenSchema.parse(token)).toEqual(token);
  });

  it.each([
    ['jwt', { jwt: '' }],
    ['expiresAt', { jwt: 'e.e.e', expiresAt: 'never' }],
  ])('rejects an invalid %s: %j', (path, token) => {
    expect(issuePaths(TursoDatabaseTokenSchema, token)).toEqual([path]);
  });
});
