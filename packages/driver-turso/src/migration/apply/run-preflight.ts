import type { IDataDriver } from '@objectstack/spec/contracts';
import type { MigrationPlan, PreflightFinding } from '@objectstack/spec/system';
import { assertViewsWork } from './assert-views-work.js';
import { countChecks } from './count-checks.js';
import { withStalePlanError } from './with-stale-plan-error.js';

/** See {@link ISchemaDiffService.runPreflight}. */
export async function runPreflight(driver: IDataDriver, plan: MigrationPlan): Promise<PreflightFinding[]> {
  return withStalePlanError(driver, plan, async () => {
    await assertViewsWork(driver, plan);
    return countChecks(driver, plan.preflight);
  });
}
