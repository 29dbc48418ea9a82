import type { RolloutRecord, RolloutTenantRecord } from '@objectstack/spec/contracts';
import {
  type Release,
  type ReleaseChannel,
  ReleaseChannelSchema,
  ReleaseSchema,
  RolloutSchema,
  RolloutTenantSchema,
} from '@objectstack/spec/system';
import * as z from 'zod';
import { fromJson, parseRow, withoutNulls } from '../parse-row.js';
import type { ChannelRow, ReleaseRow, RolloutRow, RolloutTenantRow } from './fleet-tables.js';

const NonEmpty = z.string().min(1);

const { progress: _, ...stored } = RolloutSchema.shape;

const RolloutRecordSchema = z.object({
  ...stored,
  leaseUntil: z.iso.datetime().nullable(),
});

const RolloutTenantRecordSchema = RolloutTenantSchema.extend({
  baseDeploymentId: NonEmpty.nullable(),
  hasRecords: z.boolean(),
  position: z.int().min(0),
});

export function toRelease(row: ReleaseRow): Release {
  const { name, bundle_checksum: bundleChecksum, bundle_version: bundleVersion, created_at: createdAt } = row;
  const release = { name, appId: row.app_id, bundleChecksum, bundleVersion, createdAt };
  return parseRow(ReleaseSchema, 'release', withoutNulls(release));
}

export const toReleaseRow = (release: Release): ReleaseRow => ({
  name: release.name,
  bundle_checksum: release.bundleChecksum,
  bundle_version: release.bundleVersion,
  app_id: release.appId ?? null,
  created_at: release.createdAt,
});

export function toChannel({
  name,
  release_name: release,
  updated_at: updatedAt,
}: ChannelRow): ReleaseChannel {
  return parseRow(ReleaseChannelSchema, 'channel', { name, release, updatedAt });
}

export function toRolloutRecord(row: RolloutRow): RolloutRecord {
  const rollout = {
    id: row.id,
    status: row.status,
    plan: fromJson(row.plan),
    strategy: fromJson(row.strategy),
    wave: Number(row.wave),
    bakeUntil: row.bake_until,
    accessUntil: row.access_until,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    updatedAt: row.updated_at,
  };
  return parseRow<RolloutRecord>(RolloutRecordSchema as unknown as z.ZodType<RolloutRecord>, 'rollout', {
    ...withoutNulls(rollout),
    leaseUntil: row.lease_until,
  });
}

export const toRolloutRow = (record: RolloutRecord): RolloutRow => ({
  id: record.id,
  status: record.status,
  release_name: record.plan.release,
  plan: JSON.stringify(record.plan),
  strategy: record.strategy ? JSON.stringify(record.strategy) : null,
  wave: record.wave,
  bake_until: record.bakeUntil ?? null,
  access_until: record.accessUntil ?? null,
  created_at: record.plan.createdAt,
  started_at: record.startedAt ?? null,
  ended_at: record.endedAt ?? null,
  updated_at: record.updatedAt,
  lease_until: record.leaseUntil,
});

export type PlacedTenant = RolloutTenantRecord & { position: number };

export function toRolloutTenant(row: RolloutTenantRow): PlacedTenant {
  const optional = {
    deploymentId: row.deployment_id,
    problem: fromJson(row.problem),
    durationMs: row.duration_ms,
  };
  const candidate = {
    ...withoutNulls(optional),
    tenantId: row.tenant_id,
    position: Number(row.position),
    state: row.state,
    wave: row.wave === null ? null : Number(row.wave),
    baseSchemaHash: row.base_schema_hash,
    baseDeploymentId: row.base_deployment_id,
    planHash: row.plan_hash,
    hasRecords: Boolean(row.has_records),
  };
  return parseRow<PlacedTenant>(
    RolloutTenantRecordSchema as unknown as z.ZodType<PlacedTenant>,
    'rollout_tenant',
    candidate,
  );
}

export const toRolloutTenantRow = (
  rollout_id: string,
  position: number,
  record: RolloutTenantRecord,
): RolloutTenantRow => ({
  rollout_id,
  tenant_id: record.tenantId,
  position,
  state: record.state,
  wave: record.wave,
  base_schema_hash: record.baseSchemaHash,
  base_deployment_id: record.baseDeploymentId,
  plan_hash: record.planHash,
  has_records: record.hasRecords ? 1 : 0,
  deployment_id: record.deploymentId ?? null,
  error_code: record.problem?.code ?? null,
  problem: record.problem ? JSON.stringify(record.problem) : null,
  duration_ms: record.durationMs ?? null,
  previous_desired: null,
  accessed_at: null,
});
