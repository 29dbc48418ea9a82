import type { DataPlane } from '@objectstack/spec/contracts';
import {
  type TursoMultiTenantConfig,
  type TursoMultiTenantConfigInput,
  TursoMultiTenantConfigSchema,
} from '@objectstack/spec/data';
import { issuesOf, ObjectStackError, type SecretReference, summaryOf } from '@objectstack/spec/shared';
import { TursoPlatformClient } from '../platform/turso-platform-client.js';
import { assertComplete } from './assert-complete.js';
import { remoteDataPlane } from './remote-data-plane.js';

export interface TursoCloudOptions {
  /** Returns a secret of the secret store by its name. Required if the configuration refers to one. */
  readonly resolveSecret?: (name: string) => string | Promise<string>;
  /** Base URL of the Platform API. Absent: `https://api.turso.tech`. */
  readonly apiUrl?: string;
  /** Lifetime of the tokens of databases, in seconds. They are replaced at 80 % of it. Absent: 3,600. */
  readonly tokenLifetimeSeconds?: number;
  /** Maximum time until a new database answers, in milliseconds. Absent: 30,000. */
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
  reference: SecretReference,
  { resolveSecret }: TursoCloudOptions,
): () => string | Promise<string> {
  if ('secret' in reference) {
    if (resolveSecret) return () => resolveSecret(reference.secret);
    throw incomplete('resolveSecret', 'resolveSecret, which reads the secret that platformToken refers to');
  }
  const read = () => {
    const value = process.env[reference.env];
    if (value) return value;
    throw incomplete('platformToken', `platformToken: the environment variable ${reference.env} is not set`);
  };
  read();
  return read;
}

/**
 * A data plane on Turso Cloud: a database for each tenant in the configured group, with short-lived tokens that are minted
 * when they are needed and held in memory only. Nothing is requested until the first call.
 *
 * Throws `configuration_incomplete`, whose details name the missing setting, and `configuration_invalid`. `urlTemplate` and
 * `groupAuthToken` of the configuration are not read.
 */
export function tursoCloud(config: TursoMultiTenantConfigInput, options: TursoCloudOptions = {}): DataPlane {
  assertComplete('tursoCloud', config, ['organizationSlug', 'platformToken', 'group']);
  const { organizationSlug, group, platformToken, tenantResolverStrategy, lifecycle } = parse(config);
  if (!platformToken || !group) throw incomplete('platformToken', 'platformToken');
  const platform = new TursoPlatformClient({
    organizationSlug,
    group: lifecycle.onTenantCreate.group ?? group.name,
    listedGroups: [group.name, lifecycle.onTenantCreate.group ?? group.name],
    platformToken: secretOf(platformToken, options),
    apiUrl: options.apiUrl,
  });
  const { tokenLifetimeSeconds = 3_600, readyTimeoutMs = 30_000 } = options;
  return remoteDataPlane({
    platform,
    tokenLifetimeSeconds,
    readyTimeoutMs,
    tenantResolverStrategy,
    lifecycle,
  });
}
