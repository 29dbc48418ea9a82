import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import type { ProvisioningContext } from './provisioning-context.js';

/** See {@link IProvisioningService.getTenantStatus}. */
export async function readTenantStatus(
  { registry, dataPlane }: ProvisioningContext,
  tenantId: string,
): Promise<TenantProvisioningStatus> {
  const { tenant, databaseName } = await findTenant(registry, tenantId);
  const { provisioningStatus: status } = tenant;
  if (status !== 'active' && status !== 'suspended') return status;
  if (await dataPlane.platform.getDatabase(databaseName)) return status;
  throw new ObjectStackError({
    code: 'database_not_found',
    message:
      `The tenant is ${status}, but its database ${databaseName} does not exist. Restore the database from a backup, ` +
      'or destroy the tenant.',
    details: { tenantId: tenant.id, status, databaseName },
  });
}
