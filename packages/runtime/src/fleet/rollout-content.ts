import type { IDataDriver } from '@objectstack/spec/contracts';
import type { CurrentSchema, RolloutPlan } from '@objectstack/spec/system';
import { readStoredBundle } from '../deploy/read-stored-bundle.js';
import { appContent } from './app-content.js';
import { composeRelease, type TenantRelease } from './compose-release.js';
import type { FleetContext } from './fleet-context.js';
import { GroupPlans } from './group-plans.js';
import { readReleasedApp } from './read-released-app.js';

/*
 * What a rollout deploys to each tenant is all that the kinds of releases differ in: planning, waves, records and rollbacks
 * are the same.
 */

/** A tenant of a rollout, as it was read. */
interface RolloutTenantState {
  readonly tenantId: string;
  readonly driver: IDataDriver;
  readonly current: CurrentSchema;
}

/** What a rollout deploys to every tenant with the schema `current`. */
interface KnownRelease extends TenantRelease {
  readonly current: CurrentSchema;
}

/** What a rollout deploys to each tenant. */
export interface RolloutContent {
  /**
   * What the tenant gets, from its current state; null if the release does not concern the tenant. Throws the reason if
   * it cannot be deployed to the tenant.
   */
  compose(tenant: RolloutTenantState): Promise<TenantRelease | null>;
  /** What every tenant with this schema gets, if that is the same for all and known. */
  known(baseSchemaHash: string | null): Promise<KnownRelease | null>;
}

/** Each plan is computed once for all tenants with the same schema, unless they have apps. */
async function bundleContent(
  context: FleetContext,
  checksum: string,
  signal: AbortSignal | undefined,
): Promise<RolloutContent> {
  const bundle = await readStoredBundle(context.bundles, checksum, signal ? { signal } : {});
  const plans = new GroupPlans(context.dataPlane, { bundle, checksum });
  return {
    compose: (tenant) => composeRelease(context, tenant, { bundle, plans }),
    async known(baseSchemaHash) {
      const known = await plans.known(baseSchemaHash);
      return known ? { bundle, ...known } : null;
    },
  };
}

/** Reads the release of a rollout. Rejects like the bundle store, and with `bundle_corrupt`. */
export async function openContent(
  context: FleetContext,
  { appId, upgrade, bundleChecksum }: Pick<RolloutPlan, 'appId' | 'upgrade' | 'bundleChecksum'>,
  signal?: AbortSignal,
): Promise<RolloutContent> {
  if (appId === undefined) return bundleContent(context, bundleChecksum, signal);
  return appContent(context, await readReleasedApp(context, bundleChecksum, signal), upgrade);
}
