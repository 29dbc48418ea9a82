import { describe, expect, it } from 'vitest';
import { ERROR_CODES, ErrorCodeEnum } from './error-code.zod.js';

const entries = Object.entries(ERROR_CODES);

describe('ERROR_CODES', () => {
  it.each(entries)(
    '%s has a snake_case name, an HTTP error status and a sentence as title',
    (code, { status, title }) => {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(title).toMatch(/^[A-Z][^.]*\.$/);
    },
  );

  it('has unique titles in alphabetical order of the codes', () => {
    expect(new Set(entries.map(([, { title }]) => title)).size).toBe(entries.length);
    expect(entries.map(([code]) => code)).toEqual(entries.map(([code]) => code).sort());
  });

  it('marks only errors as retryable that a retry may resolve', () => {
    expect(entries.filter(([, { retryable }]) => retryable).map(([code]) => code)).toEqual([
      'aborted',
      'bundle_store_unavailable',
      'database_busy',
      'database_unreachable',
      'deployment_interrupted',
      'metadata_changed',
      'out_of_memory',
      'platform_unavailable',
      'provisioning_failed',
      'rate_limited',
      'request_timeout',
      'tenant_not_ready',
      'transaction_expired',
    ]);
  });
});

describe('ErrorCodeEnum', () => {
  it('lists every declared code and no other', () => {
    expect(ErrorCodeEnum.options).toEqual(Object.keys(ERROR_CODES));
    expect(ErrorCodeEnum.safeParse('no_such_code').success).toBe(false);
  });
});
