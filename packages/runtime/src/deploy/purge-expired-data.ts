import type { IDataDriver } from '@objectstack/spec/contracts';
import { timeForDeletion } from '../shared/clock.js';
import type { DeployContext } from './deploy-context.js';

/**
 * Deletes retained data whose retention window has ended. The deployment is complete by then: errors are ignored, and
 * the next one tries again.
 */
export async function purgeExpiredData(
  { dataPlane, clock }: DeployContext,
  driver: IDataDriver,
): Promise<void> {
  await dataPlane.schemaDiff.purgeRetained(driver, timeForDeletion(clock)).catch(() => 0);
}
