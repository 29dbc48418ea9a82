import type { DeploymentEntry } from './deployment-entry.zod.js';
import type { MigrationPlan } from './migration-plan.zod.js';

type Entry = Pick<DeploymentEntry, 'owner' | 'bundleChecksum' | 'bundleVersion'>;

/**
 * The bundle of an owner that is in effect, from the deployments in effect, oldest first. A schema change without a bundle
 * leaves the one before it in effect.
 */
export function deployedBundle(
  inEffect: readonly Entry[],
  owner: string,
): { readonly checksum: string; readonly version: string } | undefined {
  const entry = inEffect.filter((one) => one.owner === owner && one.bundleChecksum !== undefined).at(-1);
  const { bundleChecksum: checksum, bundleVersion: version } = entry ?? {};
  return checksum !== undefined && version !== undefined ? { checksum, version } : undefined;
}

/** Whether a plan has no change at all. */
export function hasNoChanges({ diff, statements }: Pick<MigrationPlan, 'diff' | 'statements'>): boolean {
  const { objects, fields, indexes, tables, removed, components } = diff;
  const changes = [objects, fields, indexes, tables, removed, components, statements];
  return !diff.restores && changes.every(({ length }) => length === 0);
}

/**
 * Whether what a plan leads to is deployed already: it has no changes, and its bundle, if it has one, is the one in
 * effect. Another bundle with the same metadata is a deployment, because its version is recorded.
 */
export function isDeployed(plan: MigrationPlan, history: readonly DeploymentEntry[]): boolean {
  if (history.length === 0 || !hasNoChanges(plan)) return false;
  if (plan.bundleChecksum === undefined) return true;
  const inEffect = history.filter((entry) => entry.isInEffect);
  const bundle = deployedBundle(inEffect, plan.diff.owner);
  return bundle?.checksum === plan.bundleChecksum && bundle.version === plan.bundleVersion;
}
