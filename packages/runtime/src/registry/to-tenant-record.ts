import type { TenantRecord } from '@objectstack/spec/contracts';
import { ChecksumSchema, SealedSecretSchema, TenantRegionSchema } from '@objectstack/spec/shared';
import {
  type SealedConnectionConfig,
  TENANT_PLAN_QUOTAS,
  type TenantQuotaOverrides,
  TenantQuotaOverridesSchema,
  TenantSchema,
} from '@objectstack/spec/system';
import * as z from 'zod';
import { effectiveQuotas } from '../quota/effective-quotas.js';
import { fromJson, parseRow, withoutNulls } from './parse-row.js';
import type { TenantRow } from './registry-tables.js';

const TenantRecordSchema = z.object({
  tenant: TenantSchema,
  requestKey: z.string().nullable(),
  requestFingerprint: ChecksumSchema,
  databaseName: z.string().min(1),
  requestedRegion: TenantRegionSchema.nullable(),
  templateDatabase: z.string().min(1).nullable(),
  deadlineAt: z.iso.datetime().nullable(),
  destroyedAt: z.iso.datetime().nullable(),
  quotaOverrides: TenantQuotaOverridesSchema.optional(),
});

function connectionOf(row: TenantRow): unknown {
  if (row.connection_url === null) return null;
  return withoutNulls({
    url: row.connection_url,
    databaseName: row.database_name,
    group: row.connection_group,
    authToken: fromJson(row.sealed_token),
  });
}

/** Columns of a connection. The name of the database has its own column. */
export function connectionColumns({
  url,
  group,
  authToken,
}: SealedConnectionConfig): Pick<TenantRow, 'connection_url' | 'connection_group' | 'sealed_token'> {
  return {
    connection_url: url,
    connection_group: group ?? null,
    sealed_token: authToken ? JSON.stringify(authToken) : null,
  };
}

/** Identifier of the key that encrypts the token of a connection. */
export function keyIdOf({ sealed_token }: Pick<TenantRow, 'sealed_token'>): string | undefined {
  return SealedSecretSchema.safeParse(fromJson(sealed_token)).data?.keyId;
}

const NO_CONNECTION = { connection_url: null, connection_group: null, sealed_token: null };

const overridesOf = (row: TenantRow): TenantQuotaOverrides =>
  row.quota_overrides === null
    ? {}
    : parseRow(TenantQuotaOverridesSchema, 'tenant', fromJson(row.quota_overrides));

const recordOf = (row: TenantRow) => ({
  tenant: withoutNulls({
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    slug: row.slug,
    hostnames: fromJson(row.hostnames),
    adminEmail: row.admin_email,
    metadata: fromJson(row.metadata),
    isolationLevel: row.isolation_level,
    databaseProvider: row.database_provider,
    connectionConfig: connectionOf(row),
    provisioningStatus: row.status,
    plan: row.plan,
    region: row.region,
    quotas: effectiveQuotas(TENANT_PLAN_QUOTAS[row.plan], overridesOf(row)),
    createdAt: row.created_at,
    provisionedAt: row.provisioned_at,
    purgeAt: row.purge_at,
  }),
  requestKey: row.request_key,
  requestFingerprint: row.request_fingerprint,
  databaseName: row.database_name,
  requestedRegion: row.requested_region,
  templateDatabase: row.template_database,
  deadlineAt: row.deadline_at,
  destroyedAt: row.destroyed_at,
  ...(row.quota_overrides !== null && { quotaOverrides: overridesOf(row) }),
});

export const toTenantRecord = (row: TenantRow): TenantRecord =>
  parseRow(TenantRecordSchema, 'tenant', recordOf(row));

/** The record of the row of a new tenant. Validated like any other: one malformed row makes lists of tenants fail. */
export const newTenantRecord = (row: ReturnType<typeof toTenantRow>): TenantRecord =>
  toTenantRecord({ ...row, slug: null, hostnames: null, quota_overrides: null });

/** Columns of a new tenant, which has no names and no quotas of its own yet. */
export function toTenantRow({
  tenant,
  ...record
}: TenantRecord): Omit<TenantRow, 'slug' | 'hostnames' | 'quota_overrides'> {
  return {
    id: tenant.id,
    organization_id: tenant.organizationId,
    request_key: record.requestKey,
    request_fingerprint: record.requestFingerprint,
    name: tenant.name ?? null,
    admin_email: tenant.adminEmail ?? null,
    metadata: tenant.metadata ? JSON.stringify(tenant.metadata) : null,
    isolation_level: tenant.isolationLevel,
    database_provider: tenant.databaseProvider,
    database_name: record.databaseName,
    requested_region: record.requestedRegion,
    template_database: record.templateDatabase,
    ...(tenant.connectionConfig ? connectionColumns(tenant.connectionConfig) : NO_CONNECTION),
    status: tenant.provisioningStatus,
    plan: tenant.plan,
    region: tenant.region,
    created_at: tenant.createdAt,
    provisioned_at: tenant.provisionedAt ?? null,
    purge_at: tenant.purgeAt ?? null,
    deadline_at: record.deadlineAt,
    destroyed_at: record.destroyedAt,
  };
}
