import { describe, expect, it } from 'vitest';
import { TenantResolverConfigSchema } from './tenant-resolver.zod.js';

describe('TenantResolverConfigSchema', () => {
  it('has a default for everything that no strategy requires', () => {
    expect(TenantResolverConfigSchema.parse({})).toEqual({
      strategies: ['token'],
      headerName: 'x-tenant-id',
      reservedSubdomains: ['www'],
      pathPrefix: '/t',
      claimName: 'tenant_id',
      ownDomains: [],
    });
  });

  it('requires the base domain of subdomains', () => {
    const parsed = TenantResolverConfigSchema.safeParse({ strategies: ['subdomain'] });
    expect(parsed.error?.issues[0]?.path).toEqual(['baseDomain']);
  });
});
