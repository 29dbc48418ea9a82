import { describe, expect, it } from 'vitest';
import { redact } from './redact.js';

const JWT = 'eyJhbGciOiJFZERTQSJ9.eyJhIjoicncifQ.c2lnbmF0dXJl-_x';

describe('redact', () => {
  it.each([
    [`refused ${JWT}, later`, 'refused [redacted], later'],
    ['postgres://user:pa%20ss@db.example/x failed', 'postgres://[redacted]@db.example/x failed'],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [redacted]'],
    ['libsql://x?authToken=abc&tls=1', 'libsql://x?authToken=[redacted]&tls=1'],
    ['{"password":"hunter2","user":"ada"}', '{"password":"[redacted]","user":"ada"}'],
    ['-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----', '[redacted]'],
  ])('replaces the secret in %j', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each(['tenant_not_found', 'https://api.turso.tech/v1', 'The token has expired.', 't-abc234'])(
    'keeps %j',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );
});
