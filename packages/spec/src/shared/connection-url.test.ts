import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { ConnectionUrlSchema, HostedDatabaseUrlSchema } from './connection-url.zod.js';

describe('ConnectionUrlSchema', () => {
  it.each([
    'file:./data/t.db',
    ':memory:',
    'libsql://t-acme.turso.io',
    'https://t.example/?tls=1',
    'file:a@b.db',
  ])('accepts %s', (url) => {
    expect(ConnectionUrlSchema.parse(url)).toBe(url);
  });

  it.each([
    '',
    'libsql://user@t.example',
    'https://user:secret@t.example/path',
    'libsql://t.example?authToken=secret',
    'libsql://t.example?tls=1&AUTHTOKEN=secret',
    'libsql://t.example?auth_token=secret',
    'libsql://t.example?token=secret',
    'libsql://t.example?password=secret',
  ])('rejects %s', (url) => {
    expect(issuePaths(ConnectionUrlSchema, url)).toEqual(['']);
  });

  it('does not repeat the credentials in its message', () => {
    const { error } = ConnectionUrlSchema.safeParse('libsql://t.example?authToken=s3cr3t');
    expect(error?.issues[0]?.message).toBe('must not contain a user, password or token');
    expect(String(error)).not.toContain('s3cr3t');
  });
});

describe('HostedDatabaseUrlSchema', () => {
  it.each([
    'libsql://t-1.example',
    'https://t-acme.aws-us-east-1.turso.io/',
    'http://localhost:8080',
    `libsql://${'a'.repeat(63)}.example`,
  ])('accepts %s', (url) => {
    expect(HostedDatabaseUrlSchema.parse(url)).toBe(url);
    expect(ConnectionUrlSchema.parse(url)).toBe(url);
  });

  it.each([
    'file:t.db',
    'libsql://',
    'libsql://-a.example',
    'libsql://a-.example',
    'libsql://a..example',
    'libsql://A.example',
    'libsql://a_b.example',
    `libsql://${'a'.repeat(64)}.example`,
    'libsql://user@t.example',
    'libsql://t.example/path',
    'libsql://t.example?tls=0',
    'libsql://{tenant_id}.example',
    'javascript://t.example',
  ])('rejects %s', (url) => {
    expect(issuePaths(HostedDatabaseUrlSchema, url)).toEqual(['']);
  });
});
