import { describe, expect, it } from 'vitest';
import { TenantSelectorSchema } from './tenant-selector.zod.js';

describe('TenantSelectorSchema', () => {
  it('accepts the empty value of a malformed part', () => {
    const selector = { kind: 'reference', value: '' };
    expect(TenantSelectorSchema.parse(selector)).toEqual(selector);
  });

  it('rejects an unknown kind', () => {
    const parsed = TenantSelectorSchema.safeParse({ kind: 'slug', value: 'acme' });
    expect(parsed.error?.issues[0]?.path).toEqual(['kind']);
  });
});
