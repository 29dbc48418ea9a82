import type { TenantRecord } from '@objectstack/spec/contracts';
import type { ProvisioningContext } from './provisioning-context.js';

/** A database in which the claim found somebody else's data is not the tenant's. */
async function ownsDatabase({ registry }: ProvisioningContext, tenantId: string): Promise<boolean> {
  const steps = await registry.listSteps(tenantId);
  return !steps.some(
    ({ name, errorCode }) => name === 'claim_database' && errorCode === 'database_collision',
  );
}

/** Takes the database of a tenant that is being destroyed aside; for good once it is destroyed. Harmless to repeat. */
export async function removeDatabase(context: ProvisioningContext, record: TenantRecord): Promise<void> {
  const { platform } = context.dataPlane;
  if (!(await ownsDatabase(context, record.tenant.id))) return;
  await platform.deleteDatabase(record.databaseName);
  if (record.destroyedAt !== null) await platform.purgeDatabase(record.databaseName);
}
