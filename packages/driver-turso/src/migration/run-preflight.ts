import type { IDataDriver } from '@objectstack/spec/contracts';
import type { MigrationPlan, PreflightFinding } from '@objectstack/spec/system';
import { assertViewsWork } from './assert-views-work.js';

function samplesOf(value: unknown): string[] {
  const ids: unknown = typeof value === 'string' ? JSON.parse(value) : [];
  return Array.isArray(ids) ? ids.map(String) : [];
}

/** See {@link ISchemaDiffService.runPreflight}. */
export async function runPreflight(driver: IDataDriver, plan: MigrationPlan): Promise<PreflightFinding[]> {
  await assertViewsWork(driver, plan);
  if (plan.preflight.length === 0) return [];
  const results = await driver.executeAtomic(plan.preflight, { mode: 'read' });
  return plan.preflight.map(({ id }, index) => {
    const row = results[index]?.rows[0];
    return { checkId: id, rows: Number(row?.rows ?? 0), samples: samplesOf(row?.samples) };
  });
}
