import type { SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type CurrentSchema,
  type DeployBundle,
  type DeploymentEntry,
  deployedBundle,
  TENANT_OWNER,
} from '@objectstack/spec/system';
import type { DeployContext } from '../deploy/deploy-context.js';
import { readStoredBundle } from '../deploy/read-stored-bundle.js';
import { isSameJson } from './checksum-of.js';
import { hasApps } from './installed-layers.js';
import { layersOf } from './tenant-layers.js';

interface Deploying {
  readonly current: CurrentSchema;
  readonly bundle: DeployBundle;
  readonly plan: { readonly bundleChecksum: string };
}

const stale = () =>
  new ObjectStackError({
    code: 'plan_stale',
    message: 'The apps of the tenant changed after the plan was created. Plan the deployment again.',
    details: { guard: 'apps' },
  });

/** Fails in the transaction, which has added its own history entry, unless the deployment was still the latest one. */
const latestIs = (deploymentId: string | null): SqlStatement => ({
  sql: `SELECT CASE WHEN (SELECT id FROM _os_deployment ORDER BY sequence DESC LIMIT 1 OFFSET 1) IS ?
    THEN 1 ELSE json_extract('{}', 'OS_APPS_CHANGED') END`,
  args: [deploymentId],
});

/**
 * Throws `plan_stale` if the plan would change apps that it was not made for: two processes may change a tenant at the
 * same time, and the schema of two versions of an app may be the same. Returns statements that hold this until the
 * migration. The history must have been read after the schema.
 */
export async function assertAppsInEffect(
  { bundles, appsBase }: Pick<DeployContext, 'bundles' | 'appsBase'>,
  { current, bundle, plan }: Deploying,
  history: readonly DeploymentEntry[],
): Promise<SqlStatement[]> {
  const { apps } = layersOf(bundle);
  if (apps.length === 0 && appsBase === undefined && !hasApps(current)) return [];
  const inEffect = deployedBundle(
    history.filter((entry) => entry.isInEffect),
    TENANT_OWNER,
  );
  if (inEffect?.checksum === plan.bundleChecksum) return [];
  if (appsBase !== undefined) {
    if ((inEffect?.checksum ?? null) !== appsBase) throw stale();
  } else {
    const installed = inEffect ? layersOf(await readStoredBundle(bundles, inEffect.checksum)).apps : [];
    if (!isSameJson(installed, apps)) throw stale();
  }
  return [latestIs(history.at(-1)?.id ?? null)];
}
