import type { RolloutStatus, RolloutTenantState } from '@objectstack/spec/system';
import type { Generated } from 'kysely';

export interface ReleaseRow {
  name: string;
  bundle_checksum: string;
  bundle_version: string;
  /** App that the release is a version of; null for a release of a bundle. */
  app_id: string | null;
  created_at: string;
}

export interface ChannelRow {
  name: string;
  release_name: string | null;
  updated_at: string;
}

/** Absent for a tenant of the default channel that has no desired release. */
interface TenantReleaseRow {
  tenant_id: string;
  channel: string;
  desired_release: string | null;
}

export interface RolloutRow {
  id: string;
  status: RolloutStatus;
  release_name: string;
  plan: string;
  strategy: string | null;
  wave: number;
  bake_until: string | null;
  access_until: string | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  updated_at: string;
  lease_until: string | null;
}

export interface RolloutTenantRow {
  rollout_id: string;
  tenant_id: string;
  position: number;
  state: RolloutTenantState;
  wave: number | null;
  base_schema_hash: string | null;
  base_deployment_id: string | null;
  plan_hash: string | null;
  has_records: number;
  deployment_id: string | null;
  error_code: string | null;
  problem: string | null;
  duration_ms: number | null;
  /** Desired release before the rollout. */
  previous_desired: string | null;
  /** When the tenant was used while it was pending. */
  accessed_at: string | null;
}

/** Tables of releases and rollouts. */
export interface FleetTables {
  _os_control_release: ReleaseRow;
  _os_control_channel: ChannelRow;
  _os_control_tenant_release: TenantReleaseRow;
  _os_control_rollout: RolloutRow & { lease_token: Generated<number> };
  _os_control_rollout_tenant: RolloutTenantRow;
}
