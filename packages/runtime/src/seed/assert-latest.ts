import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';

/**
 * A deployment stops writing its seeds when another one follows it: two deployments must not overwrite each other's
 * records. Returns the time of the deployment.
 */
export async function assertLatest(
  driver: IDataDriver,
  deploymentId: string,
  transaction: DriverTransaction,
): Promise<string> {
  const query = { fields: ['id', 'created_at'], orderBy: [{ field: 'sequence', order: 'desc' as const }] };
  const latest = await driver.findOne(SYSTEM_OBJECTS.deployment.name, query, { transaction, system: true });
  if (latest?.id === deploymentId) return String(latest.created_at);
  throw new ObjectStackError({
    code: 'plan_stale',
    message:
      'A later deployment started before all seed data of this one was written, so the rest was skipped. Plan this deployment again to write it.',
    details: { deploymentId },
  });
}
