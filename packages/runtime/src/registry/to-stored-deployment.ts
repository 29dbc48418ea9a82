import type { StoredDeployment } from '@objectstack/spec/contracts';
import { type DeploymentRecord, DeploymentRecordSchema } from '@objectstack/spec/system';
import { fromJson, parseRow, withoutNulls } from './parse-row.js';
import type { DeploymentRow } from './registry-tables.js';

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
