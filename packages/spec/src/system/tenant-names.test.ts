import { describe, expect, it } from 'vitest';
import { HostnameSchema, TenantHostnamesSchema, TenantSlugSchema } from './tenant-names.zod.js';

describe('TenantSlugSchema', () => {
  it('accepts DNS labels without double hyphens, so that no internationalized label is a slug', () => {
    expect(TenantSlugSchema.parse('acme-2')).toBe('acme-2');
    expect(TenantSlugSchema.safeParse('xn--bcher-kva').success).toBe(false);
  });

  it('rejects the form of a generated id, which could be mistaken for one', () => {
    expect(TenantSlugSchema.safeParse('a'.repeat(26)).success).toBe(false);
    expect(TenantSlugSchema.parse('a'.repeat(25))).toHaveLength(25);
  });
});

describe('HostnameSchema', () => {
  it.each(['localhost', '10.0.0.1', 'a.example.', 'A.example', '*.example.com'])('rejects %j', (hostname) => {
    expect(HostnameSchema.safeParse(hostname).success).toBe(false);
  });
});

describe('TenantHostnamesSchema', () => {
  it('reports the position of a name that is not valid', () => {
    const parsed = TenantHostnamesSchema.safeParse(['a.example', 'b']);
    expect(parsed.error?.issues[0]?.path).toEqual([1]);
  });
});
