import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { sealed } from '../../test/samples.js';
import { SealedConnectionConfigSchema, TenantConnectionConfigSchema } from './tenant-connection.zod.js';

const local = { url: 'file:t1.db', databaseName: 't-1' };
const cloud = { url: 'libsql://t-1.example', databaseName: 't-1', group: 'default' };

describe('TenantConnectionConfigSchema', () => {
  it.each([local, cloud, { ...cloud, authToken: 'e.e.e' }])('accepts %j', (config) => {
    expect(TenantConnectionConfigSchema.parse(config)).toEqual(config);
  });

  it.each([
    ['url', { url: 'libsql://t.example?authToken=secret' }],
    ['databaseName', { databaseName: '' }],
    ['group', { group: '' }],
    ['authToken', { authToken: sealed }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(TenantConnectionConfigSchema, { ...local, ...change })).toEqual([path]);
  });
});

describe('SealedConnectionConfigSchema', () => {
  it.each([local, cloud, { ...cloud, authToken: sealed }])('accepts %j', (config) => {
    expect(SealedConnectionConfigSchema.parse(config)).toEqual(config);
  });

  it.each([
    ['authToken', { authToken: 'e.e.e' }],
    ['authToken.tag', { authToken: { ...sealed, tag: 'AAAA' } }],
    ['', { token: 'e.e.e' }],
    ['url', { url: 'libsql://user:pw@t.example' }],
  ])('rejects an invalid "%s": %j', (path, change) => {
    expect(issuePaths(SealedConnectionConfigSchema, { ...cloud, ...change })).toEqual([path]);
  });

  it('does not repeat a plain token in its message', () => {
    const { error } = SealedConnectionConfigSchema.safeParse({ ...cloud, authToken: 's3cr3t' });
    expect(String(error)).not.toContain('s3cr3t');
  });
});
