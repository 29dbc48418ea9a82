import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../../test/issue-paths.js';
import { propertiesOf } from '../../../test/walk-schema.js';
import { TENANT_REGION_LOCATIONS } from '../../shared/tenant-region.zod.js';
import {
  TenantDatabaseLifecycleSchema,
  TenantResolverStrategyEnum,
  TursoGroupSchema,
  TursoLocationEnum,
  TursoMultiTenantConfigSchema,
} from './turso-multi-tenant.zod.js';

const minimal = { organizationSlug: 'acme', platformToken: { env: 'TURSO_PLATFORM_TOKEN' } };
const lifecycle = {
  onTenantCreate: { autoCreate: true, seedData: false },
  onTenantDelete: { immediate: false, gracePeriodHours: 72, createBackup: true },
  onTenantSuspend: { readOnly: false, revokeTokens: false },
};

describe('TursoMultiTenantConfigSchema', () => {
  it('requires an organization and a token, and has defaults for the rest', () => {
    expect(TursoMultiTenantConfigSchema.parse(minimal)).toEqual({
      ...minimal,
      lifecycle,
      tenantResolverStrategy: 'token',
      maxCachedConnections: 100,
    });
  });

  it('returns the given values', () => {
    const config = {
      ...minimal,
      urlTemplate: 'libsql://{tenant_id}-acme.aws-us-east-1.turso.io',
      groupAuthToken: { secret: 'turso/group' },
      tenantResolverStrategy: 'subdomain',
      group: { name: 'default', region: 'eu-west' },
      lifecycle: {
        ...lifecycle,
        onTenantDelete: { immediate: true, gracePeriodHours: 0, createBackup: false },
      },
      maxCachedConnections: 10,
      connectionCacheTtlMs: 0,
    };
    expect(TursoMultiTenantConfigSchema.parse(config)).toEqual(config);
  });

  it('requires no platform token if databases are created elsewhere', () => {
    const { platformToken: _, ...rest } = minimal;
    const elsewhere = {
      ...rest,
      urlTemplate: 'https://{tenant_id}.example',
      groupAuthToken: { env: 'GROUP' },
    };
    expect(issuePaths(TursoMultiTenantConfigSchema, elsewhere)).toEqual([]);
    expect(issuePaths(TursoMultiTenantConfigSchema, { ...elsewhere, groupAuthToken: undefined })).toEqual([
      'platformToken',
    ]);
    expect(issuePaths(TursoMultiTenantConfigSchema, { ...elsewhere, urlTemplate: undefined })).toEqual([
      'platformToken',
    ]);
  });

  it.each([
    'libsql://{tenant_id}.turso.io',
    'libsql://t-{tenant_id}-acme.turso.io',
    'https://db.{tenant_id}.example/',
    'http://{tenant_id}.localhost:8080',
  ])('accepts the template %s', (urlTemplate) => {
    expect(TursoMultiTenantConfigSchema.parse({ ...minimal, urlTemplate }).urlTemplate).toBe(urlTemplate);
  });

  it.each([
    'libsql://acme.turso.io',
    'libsql://{tenant_id}.{tenant_id}.turso.io',
    'libsql://{tenant}.turso.io',
    'libsql://turso.io/{tenant_id}',
    'libsql://-{tenant_id}.turso.io',
    'libsql://{tenant_id}-.turso.io',
    'libsql://{tenant_id}..turso.io',
    'libsql://{tenant_id}_acme.turso.io',
    `libsql://{tenant_id}-${'a'.repeat(40)}.turso.io`,
    'libsql://user:pw@{tenant_id}.turso.io',
    'libsql://{tenant_id}.turso.io?authToken=secret',
    'javascript://{tenant_id}.turso.io',
    '{tenant_id}',
  ])('rejects the template %s', (urlTemplate) => {
    expect(issuePaths(TursoMultiTenantConfigSchema, { ...minimal, urlTemplate })).toEqual(['urlTemplate']);
  });

  it.each([
    ['organizationSlug', { organizationSlug: 'Acme Inc' }],
    ['platformToken', { platformToken: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln' }],
    ['groupAuthToken', { groupAuthToken: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln' }],
    ['tenantResolverStrategy', { tenantResolverStrategy: 'cookie' }],
    ['maxCachedConnections', { maxCachedConnections: 0 }],
    ['connectionCacheTtlMs', { connectionCacheTtlMs: -1 }],
    ['connectionCacheTTL', { connectionCacheTTL: 0.5 }],
    ['connectionCacheTTL', { connectionCacheTTL: 300, connectionCacheTtlMs: 300_000 }],
    ['group.region', { group: { name: 'default' } }],
    ['', { token: 'x' }],
  ])('rejects an invalid "%s": %j', (path, change) => {
    expect(issuePaths(TursoMultiTenantConfigSchema, { ...minimal, ...change })).toEqual([path]);
  });

  it('marks deprecated properties in the description and in the JSON Schema', () => {
    const deprecated = propertiesOf(TursoMultiTenantConfigSchema, 'config').filter(
      ({ schema }) => (schema as { meta?: () => { deprecated?: boolean } }).meta?.()?.deprecated,
    );
    const saysSo = propertiesOf(TursoMultiTenantConfigSchema, 'config').filter(({ schema }) =>
      (schema as { description?: string }).description?.startsWith('Deprecated:'),
    );
    expect(deprecated.map(({ key }) => key).sort()).toEqual([
      'applyGroupSchema',
      'connectionCacheTTL',
      'groupAuthToken',
      'replicaLocations',
      'schemaDatabase',
      'urlTemplate',
    ]);
    expect(saysSo).toEqual(deprecated);
  });
});

describe('TursoGroupSchema', () => {
  it.each([
    { name: 'default', region: 'us-east' },
    { name: 'default', primaryLocation: 'aws-eu-west-1' },
    { name: 'default', primaryLocation: 'aws-eu-central-1' },
    { name: 'default', region: 'eu-west', primaryLocation: 'aws-eu-central-1' },
    { name: 'default', primaryLocation: 'iad' },
    { name: 'eu', region: 'eu-west', primaryLocation: 'aws-eu-west-1' },
    { name: 'old', region: 'us-east', replicaLocations: ['lhr'], schemaDatabase: 'schema' },
  ])('accepts %j', (group) => {
    expect(TursoGroupSchema.parse(group)).toEqual(group);
  });

  it.each([
    ['region', { name: 'default' }],
    ['region', { name: 'default', region: 'moon' }],
    ['primaryLocation', { name: 'default', region: 'us-east', primaryLocation: 'aws-eu-west-1' }],
    ['primaryLocation', { name: 'default', primaryLocation: 'AWS US East' }],
    ['primaryLocation', { name: 'default', primaryLocation: '' }],
    ['primaryLocation', { name: 'default', primaryLocation: 'a'.repeat(64) }],
    ['name', { name: 'Default', region: 'us-east' }],
    ['', { name: 'default', region: 'us-east', location: 'aws-us-east-1' }],
  ])('rejects an invalid "%s": %j', (path, group) => {
    expect(issuePaths(TursoGroupSchema, group)).toEqual([path]);
  });
});

describe('TenantDatabaseLifecycleSchema', () => {
  it('retains the data of destroyed tenants for three days and makes a final backup by default', () => {
    expect(TenantDatabaseLifecycleSchema.parse({})).toEqual(lifecycle);
    expect(TenantDatabaseLifecycleSchema.parse({ onTenantDelete: { gracePeriodHours: 1 } })).toEqual({
      ...lifecycle,
      onTenantDelete: { immediate: false, gracePeriodHours: 1, createBackup: true },
    });
  });

  it.each([
    ['onTenantDelete.gracePeriodHours', { onTenantDelete: { gracePeriodHours: -1 } }],
    ['onTenantCreate', { onTenantCreate: { autocreate: true } }],
    ['onTenantSuspend.readOnly', { onTenantSuspend: { readOnly: 'yes' } }],
    ['onTenantCreate.group', { onTenantCreate: { group: '' } }],
    ['', { onTenantRename: {} }],
  ])('rejects an invalid "%s": %j', (path, value) => {
    expect(issuePaths(TenantDatabaseLifecycleSchema, value)).toEqual([path]);
  });
});

describe('TenantResolverStrategyEnum', () => {
  it('has the strategies of the protocol', () => {
    expect(TenantResolverStrategyEnum.options).toEqual(['header', 'subdomain', 'path', 'token', 'lookup']);
  });
});

describe('TursoLocationEnum', () => {
  it('has the location of every region and no other', () => {
    expect(TursoLocationEnum.options).toEqual(Object.values(TENANT_REGION_LOCATIONS));
  });
});
