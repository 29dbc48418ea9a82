import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DeployBundle } from '@objectstack/spec/system';
import { makePlan } from '../deploy/make-plan.js';
import type { PreparedBundle } from '../deploy/prepare-layers.js';
import { reconcileTenant } from '../deploy/reconcile-deployments.js';
import { inTransaction } from '../seed/in-transaction.js';
import { saveProgress } from '../seed/seed-progress.js';
import { seedSetIds, skippedAs, toSeedSet } from '../seed/seed-set.js';
import { leftAlone, newTally } from '../seed/seed-tally.js';
import type { TenantDataContext } from './tenant-data-context.js';

/** The records of the archive are what became of the seed data, so a deployment of the same bundle writes none. */
async function markSeedsWritten(
  { environment }: TenantDataContext,
  driver: IDataDriver,
  { bundle, deploymentId }: { bundle: DeployBundle; deploymentId: string },
): Promise<void> {
  const ids = seedSetIds(bundle);
  await inTransaction(driver, async (transaction) => {
    for (const dataset of bundle.seedData) {
      if (skippedAs(dataset, bundle, environment)) continue;
      const tally = { ...newTally(dataset, deploymentId), result: leftAlone(dataset) };
      const progress = { done: dataset.records.length, isComplete: true, tally };
      await saveProgress(driver, toSeedSet(dataset, bundle, ids), progress, transaction);
    }
  });
}

/** Deploys the bundle of an archive to an empty database without its seed data, and records the deployment. */
export async function deployImported(
  context: TenantDataContext,
  { tenantId, driver }: { tenantId: string; driver: IDataDriver },
  { bundle, canonical }: PreparedBundle,
): Promise<void> {
  const { schemaDiff } = context.dataPlane;
  const current = await schemaDiff.introspect(driver);
  const plan = await makePlan(context.dataPlane, { current, bundle, checksum: canonical.checksum }, {});
  await context.bundles.put(canonical.bytes.slice());
  await schemaDiff.applyMigrations(driver, plan);
  await driver.refresh();
  const latest = (await schemaDiff.readHistory(driver)).at(-1);
  if (bundle.seedData.length > 0)
    await markSeedsWritten(context, driver, { bundle, deploymentId: latest?.id ?? '' });
  await reconcileTenant(context, { tenantId, driver });
}
