import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DeployBundle } from '@objectstack/spec/system';
import { makePlan } from '../deploy/make-plan.js';
import type { PreparedBundle } from '../deploy/prepare-layers.js';
import { reconcileTenant } from '../deploy/reconcile-deployments.js';
import { sqlIn } from '../seed/run-sql.js';
import { saveProgress } from '../seed/seed-progress.js';
import { seedSetIds, skippedAs } from '../seed/seed-set.js';
import { leftAlone, newStoredResult } from '../seed/stored-seed-result.js';
import type { TenantDataContext } from './tenant-data-context.js';

interface Seeds {
  /** Ids of the seed sets that were not completely written. */
  readonly unwritten: ReadonlySet<string>;
}

/**
 * The records of the archive are what became of the seed data, so a deployment of the same bundle writes none, except for the
 * sets that had not been written.
 */
async function markSeedsWritten(
  { environment }: TenantDataContext,
  driver: IDataDriver,
  { bundle, deploymentId, unwritten }: Seeds & { bundle: DeployBundle; deploymentId: string },
): Promise<void> {
  const sets = [...seedSetIds(bundle)].flatMap(([dataset, id]) => {
    if (unwritten.has(id) || skippedAs(dataset, bundle, environment)) return [];
    const storedResult = { ...newStoredResult(dataset, deploymentId), result: leftAlone(dataset) };
    return [
      { set: { id, dataset }, progress: { done: dataset.records.length, isComplete: true, storedResult } },
    ];
  });
  await saveProgress(sqlIn(driver), sets);
}

/** Deploys the bundle of an archive to an empty database without its seed data, and records the deployment. */
export async function deployImported(
  context: TenantDataContext,
  { tenantId, driver }: { tenantId: string; driver: IDataDriver },
  { bundle, canonical, unwritten }: PreparedBundle & Seeds,
): Promise<void> {
  const { schemaDiff } = context.dataPlane;
  const current = await schemaDiff.introspect(driver);
  const plan = await makePlan(context.dataPlane, { current, bundle, checksum: canonical.checksum }, {});
  await context.bundles.put(canonical.bytes.slice());
  await schemaDiff.applyMigrations(driver, plan);
  await driver.refresh();
  const latest = (await schemaDiff.readHistory(driver)).at(-1);
  if (bundle.seedData.length > 0)
    await markSeedsWritten(context, driver, { bundle, deploymentId: latest?.id ?? '', unwritten });
  await reconcileTenant(context, { tenantId, driver });
}
