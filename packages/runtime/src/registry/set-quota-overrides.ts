import type { ChangeOrigin, TenantRecord } from '@objectstack/spec/contracts';
import type { TenantQuotaOverrides } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { addAuditEntries } from './audit-table.js';
import { lockTenant } from './lock-tenant.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables } from './registry-tables.js';
import { toTenantRecord } from './to-tenant-record.js';

/** The quotas as text with sorted keys, so that equal quotas are equal texts; null if there are none. */
function textOf(overrides: TenantQuotaOverrides): string | null {
  const entries = Object.entries(overrides).filter(([, limit]) => limit !== undefined);
  if (entries.length === 0) return null;
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** See {@link IQuotaLedger.setQuotaOverrides}. Must run in a transaction. */
export async function setQuotaOverrides(
  db: Kysely<RegistryTables>,
  tenantId: string,
  { overrides, by }: { overrides: TenantQuotaOverrides; by?: ChangeOrigin | undefined },
): Promise<TenantRecord> {
  await lockTenant(db, tenantId);
  const query = db
    .selectFrom('_os_control_tenant')
    .select(REGISTRY_COLUMNS._os_control_tenant)
    .where('id', '=', tenantId);
  const row = await query.executeTakeFirstOrThrow();
  const after = textOf(overrides);
  if (after !== row.quota_overrides) {
    await db
      .updateTable('_os_control_tenant')
      .set({ quota_overrides: after })
      .where('id', '=', tenantId)
      .execute();
    const before = row.quota_overrides ?? '{}';
    await addAuditEntries(
      db,
      [{ tenantId, action: 'change_tenant_quotas', before, after: after ?? '{}' }],
      by,
    );
  }
  return toTenantRecord({ ...row, quota_overrides: after });
}
