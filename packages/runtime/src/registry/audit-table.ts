import type { AuditQuery, ChangeOrigin } from '@objectstack/spec/contracts';
import type { AuditAction, AuditEntry } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { CompiledQueries } from './compiled-queries.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { AuditRow, RegistryTables } from './registry-tables.js';
import { toAuditEntry } from './to-audit-entry.js';

type Database = Kysely<RegistryTables>;

/** Stored as the deployment of an entry that says that nothing is deployed any more. */
export const NO_DEPLOYMENT = '';

/** A change, without values of records and without secrets. */
export interface AuditedChange {
  readonly tenantId: string;
  readonly action: AuditAction;
  readonly deploymentId?: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Absent: that of all changes of the call. */
  readonly by?: ChangeOrigin | undefined;
}

/** The row of an entry; its sequence number is assigned when it is added. */
export function auditRow(
  { tenantId, action, deploymentId, before, after, by = {} }: AuditedChange,
  now: string,
): Omit<AuditRow, 'sequence'> {
  return {
    at: by.at ?? now,
    tenant_id: tenantId,
    action,
    deployment_id: deploymentId ?? null,
    value_before: before ?? null,
    value_after: after ?? null,
    actor: by.actor ?? null,
    request_id: by.requestId ?? null,
  };
}

/** Adds an entry for each change. Must be called in the transaction of the changes. */
export async function addAuditEntries(
  db: Database,
  changes: readonly AuditedChange[],
  common: ChangeOrigin = {},
): Promise<void> {
  if (changes.length === 0) return;
  const now = new Date().toISOString();
  const rows = changes.map((change) => auditRow({ ...change, by: change.by ?? common }, now));
  await new CompiledQueries(db).insert('_os_control_audit', rows);
}

/** Entries of a tenant, latest first. */
export async function listAuditEntries(
  db: Database,
  { tenantId, after, limit }: AuditQuery,
): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('_os_control_audit')
    .select(REGISTRY_COLUMNS._os_control_audit)
    .where('tenant_id', '=', tenantId)
    .$if(after !== undefined, (query) => query.where('sequence', '<', after ?? 0))
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toAuditEntry);
}
