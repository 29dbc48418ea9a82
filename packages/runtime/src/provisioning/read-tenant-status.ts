import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import type { ProvisioningContext } from './provisioning-context.js';

type Part = Pick<ProvisioningContext, 'dataPlane'>;

const databaseMissing = ({ tenant, databaseName }: TenantRecord) =>
  new ObjectStackError({
    code: 'database_not_found',
    message:
      `The tenant is ${tenant.provisioningStatus}, but its database ${databaseName} does not exist. Restore the database ` +
      'from a backup, or destroy the tenant.',
    details: { tenantId: tenant.id, status: tenant.provisioningStatus, databaseName },
  });

const FOUND = {
  tenant_mismatch: 'belongs to another tenant',
  tenant_missing: 'has no tenant marker',
  unreadable: 'cannot be opened: it is damaged or not a database',
} as const;

/** The error does not reveal which tenant the database belongs to, like when a database is opened. */
const databaseInvalid = ({ tenant, databaseName }: TenantRecord, reason: keyof typeof FOUND) =>
  new ObjectStackError({
    code: 'database_invalid',
    message:
      `The tenant is ${tenant.provisioningStatus}, but its database ${databaseName} ${FOUND[reason]}. Restore the tenant's own ` +
      'database, for example from a backup.',
    details: { reason, tenantId: tenant.id, status: tenant.provisioningStatus, databaseName },
  });

/** The reason why the database is not the tenant's own; `null` if it is, or if a suspension blocks its reads. */
async function faultOf({ dataPlane }: Part, { tenant, databaseName }: TenantRecord, url: string) {
  try {
    const marker = await dataPlane.readTenantMarker({ url, databaseName });
    if (marker?.tenantId === tenant.id) return null;
    return marker ? ('tenant_mismatch' as const) : ('tenant_missing' as const);
  } catch (error) {
    if (tenant.provisioningStatus === 'suspended' && ObjectStackError.isInstance(error, 'database_blocked'))
      return null;
    if (!ObjectStackError.isInstance(error) || error.code !== 'database_invalid' || error.details.reason)
      throw error;
    return 'unreadable' as const;
  }
}

/**
 * Throws `database_not_found` if the database of an active or suspended tenant does not exist, and `database_invalid`
 * if it belongs to another tenant or cannot be read: the status in the registry would be misleading.
 */
export async function assertOwnDatabase({ dataPlane }: Part, record: TenantRecord): Promise<void> {
  const { provisioningStatus: status } = record.tenant;
  const { databaseName } = record;
  if (status !== 'active' && status !== 'suspended') return;
  const database = await dataPlane.platform.getDatabase(databaseName);
  if (!database) throw databaseMissing(record);
  const fault = await faultOf({ dataPlane }, record, database.url);
  if (fault) throw databaseInvalid(record, fault);
}

/** See {@link IProvisioningService.getTenantStatus}. */
export async function readTenantStatus(
  context: ProvisioningContext,
  tenantId: string,
): Promise<TenantProvisioningStatus> {
  const record = await findTenant(context.registry, tenantId);
  await assertOwnDatabase(context, record);
  return record.tenant.provisioningStatus;
}
