import { HostedDatabaseUrlSchema } from '../../shared/connection-url.zod.js';
import { ObjectStackError } from '../../shared/object-stack-error.js';
import type { SecretReference } from '../../shared/secret-reference.zod.js';
import {
  TENANT_REGION_LOCATIONS,
  type TenantRegion,
  TenantRegionSchema,
} from '../../shared/tenant-region.zod.js';
import type { TursoGroup, TursoMultiTenantConfig } from './turso-multi-tenant.zod.js';

const DEFAULT_CACHE_TTL_MS = 300_000;
const TENANT_ID_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The database URL of a tenant according to `urlTemplate`. Throws `configuration_incomplete` or `invalid_request`. */
export function tenantDatabaseUrl(
  { urlTemplate }: Pick<TursoMultiTenantConfig, 'urlTemplate'>,
  tenantId: string,
): string {
  if (urlTemplate === undefined) {
    throw new ObjectStackError({
      code: 'configuration_incomplete',
      message: 'The configuration has no urlTemplate.',
      details: { missing: ['urlTemplate'] },
    });
  }
  const url = urlTemplate.replace('{tenant_id}', () => tenantId);
  if (TENANT_ID_PATTERN.test(tenantId) && HostedDatabaseUrlSchema.safeParse(url).success) return url;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: 'The tenant id cannot be part of a host name: use lowercase letters, digits and hyphens.',
    details: { issues: [{ path: '/tenantId', code: 'invalid_format' }] },
  });
}

/** How to connect to a database that was created elsewhere; null if the configuration has no such fallback. */
export function fallbackConnection(
  config: Pick<TursoMultiTenantConfig, 'urlTemplate' | 'groupAuthToken'>,
  tenantId: string,
): { url: string; authToken: SecretReference } | null {
  const { groupAuthToken } = config;
  if (config.urlTemplate === undefined || groupAuthToken === undefined) return null;
  return { url: tenantDatabaseUrl(config, tenantId), authToken: groupAuthToken };
}

/** The time for which a connection stays cached, from either of the two properties. */
export function connectionCacheTtlMs({
  connectionCacheTtlMs: milliseconds,
  connectionCacheTTL: seconds,
}: Pick<TursoMultiTenantConfig, 'connectionCacheTtlMs' | 'connectionCacheTTL'>): number {
  return milliseconds ?? (seconds === undefined ? DEFAULT_CACHE_TTL_MS : seconds * 1_000);
}

/** Region and location of a group that has at least one of the two. No region if the location is not that of any. */
export function groupPlacement({ region, primaryLocation }: TursoGroup): {
  region?: TenantRegion;
  primaryLocation: string;
} {
  const location = primaryLocation ?? (region && TENANT_REGION_LOCATIONS[region]);
  const found =
    region ?? TenantRegionSchema.options.find((name) => TENANT_REGION_LOCATIONS[name] === location);
  if (location !== undefined) return { ...(found && { region: found }), primaryLocation: location };
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: 'The group has neither a region nor a primaryLocation.',
    details: { settings: ['group.region', 'group.primaryLocation'] },
  });
}

/** Paths of the deprecated properties in a configuration, for warnings. */
export function deprecatedKeys({ group, lifecycle, ...config }: TursoMultiTenantConfig): string[] {
  const used = {
    urlTemplate: config.urlTemplate,
    groupAuthToken: config.groupAuthToken,
    connectionCacheTTL: config.connectionCacheTTL,
    'group.replicaLocations': group?.replicaLocations,
    'group.schemaDatabase': group?.schemaDatabase,
    'lifecycle.onTenantCreate.applyGroupSchema': lifecycle.onTenantCreate.applyGroupSchema,
  };
  return Object.entries(used).flatMap(([path, value]) => (value === undefined ? [] : [path]));
}
