import { type AuditEntry, AuditEntrySchema } from '@objectstack/spec/system';
import { parseRow, withoutNulls } from './parse-row.js';
import type { AuditRow } from './registry-tables.js';

export function toAuditEntry(row: AuditRow): AuditEntry {
  const entry = {
    sequence: Number(row.sequence),
    at: row.at,
    tenantId: row.tenant_id,
    action: row.action,
    deploymentId: row.deployment_id || null,
    before: row.value_before,
    after: row.value_after,
    actor: row.actor,
    requestId: row.request_id,
  };
  return parseRow(AuditEntrySchema, 'audit', withoutNulls(entry));
}
