import type { TenantRecord } from '@objectstack/spec/contracts';
import type { ProvisioningContext } from './provisioning-context.js';

/** A database whose claim failed because it contains other data is not the tenant's. */
async function ownsDatabase({ registry }: ProvisioningContext, tenantId: string): Promise<boolean> {
  const steps = await registry.listSteps(tenantId);
  return !steps.some(
    ({ name, errorCode }) => name === 'claim_database' && errorCode === 'database_collision',
  );
}

/**
 * Moves the database of a tenant in destruction to the trash, and purges it once the tenant is destroyed. Idempotent.
 */
export async function removeDatabase(context: ProvisioningContext, record: TenantRecord): Promise<void> {
  const { platform } = context.dataPlane;
  if (!(await ownsDatabase(context, record.tenant.id))) return;
  await platform.deleteDatabase(record.databaseName);
  if (record.destroyedAt !== null) await platform.purgeDatabase(record.databaseName);
}
