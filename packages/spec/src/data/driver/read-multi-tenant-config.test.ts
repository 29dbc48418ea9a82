import { describe, expect, it } from 'vitest';
import { TENANT_REGION_LOCATIONS, TenantRegionSchema } from '../../shared/tenant-region.zod.js';
import {
  connectionCacheTtlMs,
  deprecatedKeys,
  fallbackConnection,
  groupPlacement,
  tenantDatabaseUrl,
} from './read-multi-tenant-config.js';
import { type TursoMultiTenantConfigInput, TursoMultiTenantConfigSchema } from './turso-multi-tenant.zod.js';

const TENANT_ID = 'k7q2m4x6b3n5c7v2z4l6j3h5g7';
const urlTemplate = 'libsql://t-{tenant_id}-acme.turso.io';
const config = (change: Partial<TursoMultiTenantConfigInput> = {}) =>
  TursoMultiTenantConfigSchema.parse({
    organizationSlug: 'acme',
    platformToken: { env: 'TOKEN' },
    ...change,
  });

describe('tenantDatabaseUrl', () => {
  it('replaces the placeholder with the tenant id', () => {
    expect(tenantDatabaseUrl({ urlTemplate }, TENANT_ID)).toBe(`libsql://t-${TENANT_ID}-acme.turso.io`);
  });

  it.each(['', '{tenant_id}', 'A', 'a_b', 'a.b', 'a/b', '-a', 'a@evil.example', '$&', 'a'.repeat(57), 'a\n'])(
    'rejects the tenant id %j',
    (tenantId) => {
      expect(() => tenantDatabaseUrl({ urlTemplate }, tenantId)).toThrow(
        expect.objectContaining({ code: 'invalid_request' }),
      );
    },
  );

  it('requires a template', () => {
    expect(() => tenantDatabaseUrl(config(), TENANT_ID)).toThrow(
      expect.objectContaining({ code: 'configuration_incomplete', details: { missing: ['urlTemplate'] } }),
    );
  });
});

describe('fallbackConnection', () => {
  const groupAuthToken = { secret: 'turso/group' };

  it('returns the URL and the reference of the token', () => {
    expect(fallbackConnection(config({ urlTemplate, groupAuthToken }), TENANT_ID)).toEqual({
      url: `libsql://t-${TENANT_ID}-acme.turso.io`,
      authToken: groupAuthToken,
    });
  });

  it.each([{}, { urlTemplate }, { groupAuthToken }])('returns null with only %j', (change) => {
    expect(fallbackConnection(config(change), TENANT_ID)).toBeNull();
  });
});

describe('connectionCacheTtlMs', () => {
  it.each([
    [{}, 300_000],
    [{ connectionCacheTtlMs: 250 }, 250],
    [{ connectionCacheTtlMs: 0 }, 0],
    [{ connectionCacheTTL: 60 }, 60_000],
  ])('of %j is %i', (change, expected) => {
    expect(connectionCacheTtlMs(config(change))).toBe(expected);
  });
});

describe('groupPlacement', () => {
  it.each(TenantRegionSchema.options)('returns the same by region and by location: %s', (region) => {
    const primaryLocation = TENANT_REGION_LOCATIONS[region];
    expect(groupPlacement({ name: 'g', region })).toEqual({ region, primaryLocation });
    expect(groupPlacement({ name: 'g', primaryLocation })).toEqual({ region, primaryLocation });
  });

  it('returns a location that is not that of any region, with the region only if it is given', () => {
    const primaryLocation = 'aws-eu-central-1';
    expect(groupPlacement({ name: 'g', primaryLocation })).toEqual({ primaryLocation });
    const both = { region: 'eu-west', primaryLocation } as const;
    expect(groupPlacement({ name: 'g', ...both })).toEqual(both);
  });

  it('rejects a group without a region or location', () => {
    expect(() => groupPlacement({ name: 'g' })).toThrow(
      expect.objectContaining({ code: 'configuration_invalid' }),
    );
  });
});

describe('deprecatedKeys', () => {
  it('lists the deprecated properties in use, and no others', () => {
    expect(deprecatedKeys(config())).toEqual([]);
    const old = config({
      urlTemplate,
      groupAuthToken: { env: 'GROUP' },
      connectionCacheTTL: 60,
      group: { name: 'g', region: 'us-east', replicaLocations: ['lhr'], schemaDatabase: 's' },
      lifecycle: { onTenantCreate: { applyGroupSchema: true } },
    });
    expect(deprecatedKeys(old)).toEqual([
      'urlTemplate',
      'groupAuthToken',
      'connectionCacheTTL',
      'group.replicaLocations',
      'group.schemaDatabase',
      'lifecycle.onTenantCreate.applyGroupSchema',
    ]);
  });
});
