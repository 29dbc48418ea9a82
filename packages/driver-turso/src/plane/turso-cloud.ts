import type { DataPlane, ITursoPlatformService } from '@objectstack/spec/contracts';
import {
  connectionCacheTtlMs,
  groupPlacement,
  type TursoMultiTenantConfig,
  type TursoMultiTenantConfigInput,
  TursoMultiTenantConfigSchema,
  tenantDatabaseUrl,
} from '@objectstack/spec/data';
import {
  issuesOf,
  ObjectStackError,
  type SecretReference,
  summaryOf,
  type TenantRegion,
} from '@objectstack/spec/shared';
import { TursoPlatformClient } from '../platform/turso-platform-client.js';
import { UnmanagedPlatform } from '../platform/unmanaged-platform.js';
import { assertComplete } from './assert-complete.js';
import type { ExternalDatabases } from './external-databases.js';
import { remoteDataPlane } from './remote-data-plane.js';

export interface TursoCloudOptions {
  /**
   * Returns a secret by its name, for example from a secret manager. Required if the configuration contains a reference `{
   * secret: name }`.
   */
  readonly resolveSecret?: (name: string) => string | Promise<string>;
  /** Base URL of the Platform API. Absent: `https://api.turso.tech`. */
  readonly apiUrl?: string;
  /**
   * Lifetime of the access tokens of databases, in seconds. A token is replaced after 80 % of its lifetime. Absent: 3,600.
   */
  readonly tokenLifetimeSeconds?: number;
  /** Maximum time to wait until a new database answers, in milliseconds. Absent: 30,000. */
  readonly readyTimeoutMs?: number;
}

function parse(config: TursoMultiTenantConfigInput): TursoMultiTenantConfig {
  const parsed = TursoMultiTenantConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error, { schema: TursoMultiTenantConfigSchema, value: config });
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `The configuration of tursoCloud is invalid. ${summaryOf(issues)}`,
    details: { issues },
  });
}

function incomplete(setting: string, what: string): ObjectStackError {
  return new ObjectStackError({
    code: 'configuration_incomplete',
    message: `The configuration of tursoCloud lacks ${what}.`,
    details: { missing: [setting] },
  });
}

/** Reads the referenced secret for each request, so that it can be rotated. Throws `configuration_incomplete`. */
function secretOf(
  setting: 'platformToken' | 'groupAuthToken',
  reference: SecretReference,
  { resolveSecret }: TursoCloudOptions,
): () => string | Promise<string> {
  if ('secret' in reference) {
    if (resolveSecret) return () => resolveSecret(reference.secret);
    throw incomplete('resolveSecret', `resolveSecret, which reads the secret that ${setting} refers to`);
  }
  const read = () => {
    const value = process.env[reference.env];
    if (value) return value;
    throw incomplete(setting, `${setting}: the environment variable ${reference.env} is not set`);
  };
  read();
  return read;
}

/** Databases that the runtime names are `t-<tenant id>`; others have names of their own. */
const OWN_NAME = /^t-([a-z2-7]{26})$/;

/** Databases that were created elsewhere. Undefined unless the configuration has both settings. */
function externalDatabases(
  { urlTemplate, groupAuthToken }: TursoMultiTenantConfig,
  options: TursoCloudOptions,
): ExternalDatabases | undefined {
  if (urlTemplate === undefined || groupAuthToken === undefined) return undefined;
  const authToken = secretOf('groupAuthToken', groupAuthToken, options);
  return {
    authToken,
    urlOf(databaseName) {
      try {
        return tenantDatabaseUrl({ urlTemplate }, OWN_NAME.exec(databaseName)?.[1] ?? databaseName);
      } catch {
        return undefined;
      }
    },
  };
}

function platformOf(config: TursoMultiTenantConfig, options: TursoCloudOptions): ITursoPlatformService {
  const { organizationSlug, group, platformToken, lifecycle } = config;
  if (!platformToken) return new UnmanagedPlatform();
  if (!group) throw incomplete('group', 'group');
  const ownGroup = lifecycle.onTenantCreate.group ?? group.name;
  return new TursoPlatformClient({
    organizationSlug,
    group: ownGroup,
    listedGroups: [group.name, ownGroup],
    platformToken: secretOf('platformToken', platformToken, options),
    apiUrl: options.apiUrl,
  });
}

/** Region in which databases are created. Undefined if it is not that of the configured group, or not a known one. */
function regionOf({ platformToken, group, lifecycle }: TursoMultiTenantConfig): TenantRegion | undefined {
  const createdIn = lifecycle.onTenantCreate.group ?? group?.name;
  return platformToken && group && createdIn === group.name ? groupPlacement(group).region : undefined;
}

/** Settings that the configuration must have: with both of the deprecated ones, databases may all be created elsewhere. */
function requiredSettings(config: TursoMultiTenantConfigInput): string[] {
  const { platformToken, urlTemplate, groupAuthToken } = config ?? {};
  const isUnmanaged = !platformToken && urlTemplate !== undefined && groupAuthToken !== undefined;
  return ['organizationSlug', ...(isUnmanaged ? [] : ['platformToken', 'group'])];
}

/**
 * A data plane on Turso Cloud: a database for each tenant in the configured group, with short-lived tokens that are minted
 * when they are needed and held in memory only. Nothing is requested until the first call.
 *
 * With `urlTemplate` and `groupAuthToken`, also databases that were created elsewhere are found: `{tenant_id}` is replaced by
 * the tenant id, or by the name of a database that is not named `t-<tenant id>`. They are neither blocked nor deleted. If
 * `platformToken` is absent, all databases are created elsewhere.
 *
 * Throws `configuration_incomplete`, whose details name the missing setting, and `configuration_invalid`.
 */
export function tursoCloud(config: TursoMultiTenantConfigInput, options: TursoCloudOptions = {}): DataPlane {
  assertComplete('tursoCloud', config, requiredSettings(config));
  const parsed = parse(config);
  const { tenantResolverStrategy, lifecycle } = parsed;
  const { tokenLifetimeSeconds = 3_600, readyTimeoutMs = 30_000 } = options;
  return remoteDataPlane({
    platform: platformOf(parsed, options),
    external: externalDatabases(parsed, options),
    tokenLifetimeSeconds,
    readyTimeoutMs,
    tenantResolverStrategy,
    lifecycle,
    region: regionOf(parsed),
    driverCache: { maxDrivers: parsed.maxCachedConnections, idleMs: connectionCacheTtlMs(parsed) },
  });
}
