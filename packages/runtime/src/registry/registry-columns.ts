import type { RegistryTables } from './registry-tables.js';

type AllColumns = {
  readonly [Table in keyof RegistryTables]: { readonly [Column in keyof RegistryTables[Table]]: true };
};

const ALL_COLUMNS: AllColumns = {
  _os_control_tenant: {
    id: true,
    organization_id: true,
    request_key: true,
    request_fingerprint: true,
    name: true,
    admin_email: true,
    metadata: true,
    isolation_level: true,
    database_provider: true,
    database_name: true,
    requested_region: true,
    template_database: true,
    connection_url: true,
    connection_group: true,
    sealed_token: true,
    status: true,
    plan: true,
    region: true,
    created_at: true,
    provisioned_at: true,
    purge_at: true,
    deadline_at: true,
    destroyed_at: true,
    slug: true,
    hostnames: true,
    quota_overrides: true,
    lease_token: true,
    lease_until: true,
  },
  _os_control_tenant_name: {
    kind: true,
    name: true,
    tenant_id: true,
    reserved_until: true,
  },
  _os_control_step: {
    tenant_id: true,
    name: true,
    status: true,
    attempt: true,
    started_at: true,
    completed_at: true,
    error_code: true,
    retryable: true,
    external_ref: true,
  },
  _os_control_deployment: {
    tenant_id: true,
    id: true,
    plan_hash: true,
    bundle_checksum: true,
    bundle_version: true,
    status: true,
    started_at: true,
    updated_at: true,
    rollback_of: true,
    superseded_by: true,
    result: true,
    revision: true,
    lease_id: true,
  },
  _os_control_audit: {
    sequence: true,
    at: true,
    tenant_id: true,
    action: true,
    deployment_id: true,
    value_before: true,
    value_after: true,
    actor: true,
    request_id: true,
  },
  _os_control_template: {
    database_name: true,
    content_key: true,
    region: true,
    status: true,
    used_at: true,
  },
  _os_control_pool: {
    tenant_id: true,
    database_name: true,
    pool_key: true,
    region: true,
    template_database: true,
    status: true,
    url: true,
    owner: true,
    used_at: true,
  },
  _os_control_copy: {
    id: true,
    tenant_id: true,
    database_name: true,
    kind: true,
    status: true,
    created_at: true,
    expires_at: true,
  },
  _os_control_lease: {
    name: true,
    token: true,
    lease_until: true,
  },
  _os_control_member: {
    tenant_id: true,
    user_id: true,
    added_at: true,
  },
  _os_control_usage: {
    tenant_id: true,
    quota: true,
    period: true,
    used: true,
    revision: true,
  },
  _os_control_reservation: {
    id: true,
    tenant_id: true,
    quota: true,
    period: true,
    amount: true,
    expires_at: true,
    status: true,
  },
  _os_control_release: {
    name: true,
    bundle_checksum: true,
    bundle_version: true,
    app_id: true,
    created_at: true,
  },
  _os_control_channel: {
    name: true,
    release_name: true,
    updated_at: true,
  },
  _os_control_tenant_release: {
    tenant_id: true,
    channel: true,
    desired_release: true,
  },
  _os_control_rollout: {
    id: true,
    status: true,
    release_name: true,
    plan: true,
    strategy: true,
    wave: true,
    bake_until: true,
    access_until: true,
    created_at: true,
    started_at: true,
    ended_at: true,
    updated_at: true,
    lease_until: true,
    lease_token: true,
  },
  _os_control_rollout_tenant: {
    rollout_id: true,
    tenant_id: true,
    position: true,
    state: true,
    wave: true,
    base_schema_hash: true,
    base_deployment_id: true,
    plan_hash: true,
    has_records: true,
    deployment_id: true,
    error_code: true,
    problem: true,
    duration_ms: true,
    previous_desired: true,
    accessed_at: true,
  },
};

type Columns = {
  readonly [Table in keyof RegistryTables]: readonly (keyof RegistryTables[Table] & string)[];
};

/**
 * The columns of each table of the control database. Queries name them instead of `*`: a statement with `*` is prepared again
 * for every run, because it may have other columns by then.
 */
export const REGISTRY_COLUMNS = Object.fromEntries(
  Object.entries(ALL_COLUMNS).map(([table, columns]) => [table, Object.keys(columns)]),
) as unknown as Columns;

/** Names of the tables of the control database. */
export const REGISTRY_TABLE_NAMES: readonly string[] = Object.keys(REGISTRY_COLUMNS);
