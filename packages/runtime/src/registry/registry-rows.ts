import type { StoredDeployment, TenantRecord } from '@objectstack/spec/contracts';
import { ChecksumSchema, ObjectStackError } from '@objectstack/spec/shared';
import {
  type DeploymentRecord,
  DeploymentRecordSchema,
  type ProvisioningStep,
  ProvisioningStepSchema,
  type SealedConnectionConfig,
  TENANT_PLAN_QUOTAS,
  TenantSchema,
} from '@objectstack/spec/system';
import * as z from 'zod';
import type { DeploymentRow, StepRow, TenantRow } from './registry-tables.js';

const TenantRecordSchema = z.object({
  tenant: TenantSchema,
  requestKey: z.string().nullable(),
  requestFingerprint: ChecksumSchema,
  databaseName: z.string().min(1),
  deadlineAt: z.iso.datetime().nullable(),
  destroyedAt: z.iso.datetime().nullable(),
});

function parseRow<T>(schema: z.ZodType<T>, table: string, candidate: unknown): T {
  const parsed = schema.safeParse(candidate);
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'database_invalid',
    message: `A row of the control database (table ${table}) is malformed. Restore the control database from a backup.`,
    details: { table, paths: parsed.error.issues.map((issue) => issue.path.join('.')) },
  });
}

function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Text that is not JSON is returned unchanged, and rejected by the schema. */
function fromJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function connectionOf(row: TenantRow): unknown {
  if (row.connection_url === null) return null;
  return withoutNulls({
    url: row.connection_url,
    databaseName: row.database_name,
    group: row.connection_group,
    authToken: fromJson(row.sealed_token),
  });
}

/** Columns of a connection. The name of the database has its own column, which never changes. */
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

const NO_CONNECTION = { connection_url: null, connection_group: null, sealed_token: null };

export function toTenantRecord(row: TenantRow): TenantRecord {
  return parseRow(TenantRecordSchema, 'tenant', {
    tenant: withoutNulls({
      id: row.id,
      organizationId: row.organization_id,
      name: row.name,
      adminEmail: row.admin_email,
      metadata: fromJson(row.metadata),
      isolationLevel: row.isolation_level,
      databaseProvider: row.database_provider,
      connectionConfig: connectionOf(row),
      provisioningStatus: row.status,
      plan: row.plan,
      region: row.region,
      quotas: TENANT_PLAN_QUOTAS[row.plan],
      createdAt: row.created_at,
      provisionedAt: row.provisioned_at,
      purgeAt: row.purge_at,
    }),
    requestKey: row.request_key,
    requestFingerprint: row.request_fingerprint,
    databaseName: row.database_name,
    deadlineAt: row.deadline_at,
    destroyedAt: row.destroyed_at,
  });
}

export function toTenantRow({ tenant, ...record }: TenantRecord): TenantRow {
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

/** Two processes may write one attempt, and their clocks may differ: an attempt never ends before it started. */
function endOf(row: StepRow): string | null {
  if (row.completed_at === null || row.started_at === null) return row.completed_at;
  return [row.started_at, row.completed_at].sort()[1] ?? null;
}

export function toProvisioningStep(row: StepRow): ProvisioningStep {
  const completedAt = endOf(row);
  const step = {
    name: row.name,
    status: row.status,
    attempt: Number(row.attempt),
    startedAt: row.started_at,
    completedAt,
    durationMs: completedAt && row.started_at && Date.parse(completedAt) - Date.parse(row.started_at),
    errorCode: row.error_code,
    retryable: row.retryable === null ? null : Boolean(row.retryable),
    externalRef: row.external_ref,
  };
  return parseRow(ProvisioningStepSchema, 'step', withoutNulls(step));
}

export function toStoredDeployment(row: DeploymentRow): StoredDeployment {
  const record = {
    id: row.id,
    tenantId: row.tenant_id,
    planHash: row.plan_hash,
    bundleChecksum: row.bundle_checksum,
    bundleVersion: row.bundle_version,
    status: row.status,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    rollbackOf: row.rollback_of,
    supersededBy: row.superseded_by,
    result: fromJson(row.result),
  };
  const parsed = parseRow(DeploymentRecordSchema, 'deployment', withoutNulls(record));
  return { ...parsed, revision: Number(row.revision) };
}

export function toDeploymentRow(record: DeploymentRecord): Omit<DeploymentRow, 'revision' | 'lease_id'> {
  return {
    tenant_id: record.tenantId,
    id: record.id,
    plan_hash: record.planHash,
    bundle_checksum: record.bundleChecksum,
    bundle_version: record.bundleVersion,
    status: record.status,
    started_at: record.startedAt,
    updated_at: record.updatedAt,
    rollback_of: record.rollbackOf ?? null,
    superseded_by: record.supersededBy ?? null,
    result: record.result ? JSON.stringify(record.result) : null,
  };
}
