import type { DeploymentEntry } from './deployment-entry.zod.js';
import type { MigrationPlan } from './migration-plan.zod.js';

type Entry = Pick<DeploymentEntry, 'owner' | 'bundleChecksum' | 'bundleVersion'>;

/**
 * The deployment whose bundle is in effect for an owner, from the deployments in effect, oldest first. A schema change
 * without a bundle leaves the previous bundle in effect.
 */
export function deployedBundle(
  inEffect: readonly Entry[],
  owner: string,
): { readonly checksum: string; readonly version: string } | undefined {
  const entry = inEffect.filter((one) => one.owner === owner && one.bundleChecksum !== undefined).at(-1);
  const { bundleChecksum: checksum, bundleVersion: version } = entry ?? {};
  return checksum !== undefined && version !== undefined ? { checksum, version } : undefined;
}

/** Whether a plan contains no change. */
export function hasNoChanges({ diff, statements }: Pick<MigrationPlan, 'diff' | 'statements'>): boolean {
  const { objects, fields, indexes, tables, removed, components } = diff;
  const changes = [objects, fields, indexes, tables, removed, components, statements];
  return !diff.restores && changes.every(({ length }) => length === 0);
}

/**
 * Whether the target of a plan is already deployed: the plan contains no change, and its bundle, if any, is in effect.
 * A different bundle with the same metadata is not deployed yet, because its version must be recorded.
 */
export function isDeployed(plan: MigrationPlan, history: readonly DeploymentEntry[]): boolean {
  if (history.length === 0 || !hasNoChanges(plan)) return false;
  if (plan.bundleChecksum === undefined) return true;
  const inEffect = history.filter((entry) => entry.isInEffect);
  const bundle = deployedBundle(inEffect, plan.diff.owner);
  return bundle?.checksum === plan.bundleChecksum && bundle.version === plan.bundleVersion;
}
