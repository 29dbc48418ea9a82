import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../../test/issue-paths.js';
import { TursoConfigSchema } from './turso.zod.js';

describe('TursoConfigSchema', () => {
  it('is durable and has generous timeouts by default', () => {
    expect(TursoConfigSchema.parse({ url: 'file:t.db' })).toEqual({
      url: 'file:t.db',
      transactionTimeoutMs: 5_000,
      busyTimeoutMs: 10_000,
      requestTimeoutMs: 30_000,
      maxRetries: 3,
      durability: 'full',
    });
  });

  it('returns the given values', () => {
    const config = {
      url: 'libsql://t.example',
      transactionTimeoutMs: 1,
      busyTimeoutMs: 0,
      requestTimeoutMs: 1,
      maxRetries: 0,
      durability: 'normal',
    };
    expect(TursoConfigSchema.parse(config)).toEqual(config);
  });

  it.each([
    ['url', { url: '' }],
    ['url', { url: undefined }],
    ['url', { url: 'libsql://user:secret@t.example' }],
    ['url', { url: 'libsql://t.example?authToken=secret' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an unfilled placeholder
    ['url', { url: '${TURSO_URL}' }],
    ['transactionTimeoutMs', { transactionTimeoutMs: 0 }],
    ['busyTimeoutMs', { busyTimeoutMs: -1 }],
    ['durability', { durability: 'off' }],
    ['', { authToken: 'secret' }],
  ])('rejects at "%s": %j', (path, change) => {
    expect(issuePaths(TursoConfigSchema, { url: 'file:t.db', ...change })).toEqual([path]);
  });
});
