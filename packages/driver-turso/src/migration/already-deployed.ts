import type { IDataDriver } from '@objectstack/spec/contracts';
import type { CurrentSchema, MigrationPlan, MigrationResult } from '@objectstack/spec/system';
import { readHistory } from './read-history.js';
import { bundleInEffect } from './undo-stack.js';

function changesNothing({ diff, statements }: MigrationPlan): boolean {
  const { objects, fields, indexes, tables, removed, components } = diff;
  const changes = [objects, fields, indexes, tables, removed, components, statements];
  return !diff.restores && changes.every(({ length }) => length === 0);
}

/**
 * The result of a plan that leads to what is deployed already; null for any other. An entry for it would hide the
 * deployment before it from a rollback. Another bundle with the same metadata is a deployment: its version is recorded.
 */
export async function alreadyDeployed(
  driver: IDataDriver,
  { plan, current, startedAt }: { plan: MigrationPlan; current: CurrentSchema; startedAt: number },
): Promise<MigrationResult | null> {
  const { deploymentId } = current;
  if (deploymentId === null || !changesNothing(plan)) return null;
  if (plan.bundleChecksum !== undefined) {
    const inEffect = (await readHistory(driver)).filter((entry) => entry.isInEffect);
    const bundle = bundleInEffect(inEffect, plan.diff.owner);
    if (bundle?.checksum !== plan.bundleChecksum || bundle.version !== plan.bundleVersion) return null;
  }
  const durationMs = performance.now() - startedAt;
  return { outcome: 'unchanged', deploymentId, statementsExecuted: 0, durationMs };
}
