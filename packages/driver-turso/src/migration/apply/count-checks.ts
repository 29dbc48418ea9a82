import type { IDataDriver } from '@objectstack/spec/contracts';
import type { PreflightCheck, PreflightFinding } from '@objectstack/spec/system';

function samplesOf(value: unknown): string[] {
  const ids: unknown = typeof value === 'string' ? JSON.parse(value) : [];
  return Array.isArray(ids) ? ids.map(String) : [];
}

/** Runs the preflight checks of a plan; returns their findings in the same order. */
export async function countChecks(
  driver: IDataDriver,
  checks: readonly PreflightCheck[],
): Promise<PreflightFinding[]> {
  if (checks.length === 0) return [];
  const results = await driver.executeAtomic(checks, { mode: 'read' });
  return checks.map(({ id }, index) => {
    const row = results[index]?.rows[0];
    return { checkId: id, rows: Number(row?.rows ?? 0), samples: samplesOf(row?.samples) };
  });
}
