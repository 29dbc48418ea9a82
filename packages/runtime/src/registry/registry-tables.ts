import type { PooledDatabase, TemplateRecord, TenantCopy } from '@objectstack/spec/contracts';
import type {
  AuditAction,
  DeployStatus,
  ProvisioningStep,
  ProvisioningStepName,
  ReservableQuota,
  Tenant,
  TenantQuotaName,
} from '@objectstack/spec/system';
import { type Generated, type Kysely, type Selectable, sql } from 'kysely';
import type { FleetTables } from './fleet/fleet-tables.js';
import { isPostgres } from './is-postgres.js';

export interface TenantRow {
  id: string;
  organization_id: string;
  request_key: string | null;
  request_fingerprint: string;
  name: string | null;
  admin_email: string | null;
  metadata: string | null;
  isolation_level: Tenant['isolationLevel'];
  database_provider: Tenant['databaseProvider'];
  database_name: string;
  requested_region: Tenant['region'] | null;
  template_database: string | null;
  connection_url: string | null;
  connection_group: string | null;
  sealed_token: string | null;
  status: Tenant['provisioningStatus'];
  plan: Tenant['plan'];
  region: Tenant['region'];
  created_at: string;
  provisioned_at: string | null;
  purge_at: string | null;
  deadline_at: string | null;
  destroyed_at: string | null;
  slug: string | null;
  hostnames: string | null;
  quota_overrides: string | null;
}

/** A slug or host name. One that is reserved is no longer used by its tenant. */
export interface TenantNameRow {
  kind: 'slug' | 'hostname';
  name: string;
  tenant_id: string;
  reserved_until: string | null;
}

interface MemberRow {
  tenant_id: string;
  user_id: string;
  added_at: string;
}

/** Usage that was counted in a period; the row of an earlier period is replaced. */
interface UsageRow {
  tenant_id: string;
  quota: TenantQuotaName;
  period: string;
  used: number;
  /** Number of reservations that were committed, in any period. */
  revision: number;
}

interface ReservationRow {
  id: string;
  tenant_id: string;
  quota: ReservableQuota;
  period: string;
  amount: number;
  expires_at: string;
  status: 'reserved' | 'committed';
}

/** Columns of a tenant that only leases use. */
interface LeaseColumns {
  lease_token: Generated<number>;
  lease_until: string | null;
}

export interface StepRow {
  tenant_id: string;
  name: ProvisioningStepName;
  status: ProvisioningStep['status'];
  attempt: number;
  started_at: string | null;
  completed_at: string | null;
  error_code: string | null;
  retryable: 0 | 1 | null;
  external_ref: string | null;
}

export interface DeploymentRow {
  tenant_id: string;
  id: string;
  plan_hash: string;
  bundle_checksum: string;
  bundle_version: string;
  status: DeployStatus;
  started_at: string;
  updated_at: string;
  rollback_of: string | null;
  superseded_by: string | null;
  result: string | null;
  revision: number;
  lease_id: string | null;
}

export interface TemplateRow {
  database_name: string;
  content_key: string | null;
  region: Tenant['region'] | null;
  status: TemplateRecord['status'];
  used_at: string;
}

export interface PoolRow {
  tenant_id: string;
  database_name: string;
  pool_key: string;
  region: Tenant['region'] | null;
  template_database: string | null;
  status: PooledDatabase['status'];
  url: string | null;
  owner: string;
  used_at: string;
}

export interface CopyRow {
  id: string;
  tenant_id: string;
  database_name: string;
  kind: TenantCopy['kind'];
  status: TenantCopy['status'];
  created_at: string;
  expires_at: string | null;
}

interface WorkLeaseRow {
  name: string;
  token: number;
  lease_until: string;
}

interface AuditTable {
  sequence: Generated<number>;
  at: string;
  tenant_id: string;
  action: AuditAction;
  deployment_id: string | null;
  value_before: string | null;
  value_after: string | null;
  actor: string | null;
  request_id: string | null;
}
export type AuditRow = Selectable<AuditTable>;

/** Tables of the control database. */
export interface RegistryTables extends FleetTables {
  _os_control_tenant: TenantRow & LeaseColumns;
  _os_control_tenant_name: TenantNameRow;
  _os_control_step: StepRow;
  _os_control_deployment: DeploymentRow;
  _os_control_audit: AuditTable;
  _os_control_template: TemplateRow;
  _os_control_pool: PoolRow;
  _os_control_copy: CopyRow;
  _os_control_lease: WorkLeaseRow;
  _os_control_member: MemberRow;
  _os_control_usage: UsageRow;
  _os_control_reservation: ReservationRow;
}

/** PostgreSQL would otherwise sort and compare ids and timestamps by the language of the server. */
export const textType = (db: Kysely<RegistryTables>) => (isPostgres(db) ? sql`text collate "C"` : 'text');
