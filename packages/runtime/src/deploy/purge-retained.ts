import type { IDataDriver } from '@objectstack/spec/contracts';
import { timeForDeletion } from '../shared/clock.js';
import type { DeployContext } from './deploy-context.js';

/** Drops what was kept long enough. The deployment is done by then: whatever is in the way, the next one tries again. */
export async function purgeRetained({ dataPlane, clock }: DeployContext, driver: IDataDriver): Promise<void> {
  await dataPlane.schemaDiff.purgeRetained(driver, timeForDeletion(clock)).catch(() => 0);
}
