import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import type { ProvisioningContext } from './provisioning-context.js';

/**
 * Throws `database_not_found` for a tenant in service whose database does not exist: what the registry says of it would
 * not be true.
 */
export async function assertDatabaseExists(
  { dataPlane }: Pick<ProvisioningContext, 'dataPlane'>,
  { tenant, databaseName }: TenantRecord,
): Promise<void> {
  const { id: tenantId, provisioningStatus: status } = tenant;
  if (status !== 'active' && status !== 'suspended') return;
  if (await dataPlane.platform.getDatabase(databaseName)) return;
  throw new ObjectStackError({
    code: 'database_not_found',
    message:
      `The tenant is ${status}, but its database ${databaseName} does not exist. Restore the database from a backup, ` +
      'or destroy the tenant.',
    details: { tenantId, status, databaseName },
  });
}

/** See {@link IProvisioningService.getTenantStatus}. */
export async function readTenantStatus(
  context: ProvisioningContext,
  tenantId: string,
): Promise<TenantProvisioningStatus> {
  const record = await findTenant(context.registry, tenantId);
  await assertDatabaseExists(context, record);
  return record.tenant.provisioningStatus;
}
