import type { IBundleStore, ITenantRegistry } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import type { TenantFinding } from '../provisioning/inspect-tenants.js';
import { type Clock, timeForDeletion } from '../shared/clock.js';

/*
 * A bundle is removed if no deployment refers to it and it was not used during the grace period. A process that deploys a
 * bundle uses it before the registry refers to it, and the store never removes a bundle that was used since. So the order
 * in which a sweep and a deployment run does not matter, as long as no deployment takes longer than the grace period.
 *
 * A registry that was lost or restored from a backup may lack deployments that a tenant's database contains. It is
 * therefore compared with the databases before anything is removed, which opens each of them; bundles become old enough
 * once a day.
 */

const DAY_MS = 24 * 60 * 60 * 1_000;
const CHECKSUMS_OF_A_QUERY = 100;

/** Result of a sweep of bundles. */
export interface BundleSweepResult {
  /** Checksums of the bundles that were removed. */
  readonly removed: string[];
  /**
   * Discrepancies between registry and databases because of which nothing was removed: deployments that the registry does
   * not know could refer to the bundles.
   */
  readonly blockedBy: TenantFinding[];
  /** Error because of which the sweep ended early. The next sweep tries again. */
  readonly errorCode?: ErrorCode;
}

export interface BundleSweepContext {
  readonly registry: Pick<ITenantRegistry, 'findDeployedBundles'>;
  readonly bundles: Pick<IBundleStore, 'listUnused' | 'removeUnused'>;
  readonly clock: Clock;
  /** Days for which an unused bundle is retained; null retains all. */
  readonly bundleGraceDays: number | null;
  readonly inspectTenants: () => Promise<TenantFinding[]>;
}

/** Findings that do not concern deployments. */
const HARMLESS: ReadonlySet<TenantFinding['kind']> = new Set([
  'marker_missing',
  'template_unknown',
  'database_leftover',
  'deployment_missing',
]);

/** Start of the day, in UTC, at which the grace period began. */
function usedBefore(clock: Clock, graceDays: number): string {
  const time = timeForDeletion(clock).getTime() - graceDays * DAY_MS;
  return new Date(time - (time % DAY_MS)).toISOString();
}

async function withoutDeployment(
  { registry }: BundleSweepContext,
  checksums: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < checksums.length; start += CHECKSUMS_OF_A_QUERY) {
    const asked = checksums.slice(start, start + CHECKSUMS_OF_A_QUERY);
    const deployed = new Set(await registry.findDeployedBundles(asked));
    found.push(...asked.filter((checksum) => !deployed.has(checksum)));
  }
  return found;
}

async function findUnused(context: BundleSweepContext, before: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await context.bundles.listUnused(before, { cursor });
    found.push(...(await withoutDeployment(context, page.checksums)));
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

async function removeUnused(
  context: BundleSweepContext,
  { before, removed, blockedBy }: BundleSweepResult & { readonly before: string },
): Promise<void> {
  const candidates = await findUnused(context, before);
  if (candidates.length === 0) return;
  blockedBy.push(...(await context.inspectTenants()).filter(({ kind }) => !HARMLESS.has(kind)));
  if (blockedBy.length > 0) return;
  // The inspection may have taken long: deployments may have been recorded meanwhile.
  for (const checksum of await withoutDeployment(context, candidates))
    if (await context.bundles.removeUnused(checksum, before)) removed.push(checksum);
}

/**
 * Removes bundles that no deployment refers to after their grace period. Idempotent, also if several processes run it
 * concurrently.
 */
export async function sweepBundles(context: BundleSweepContext): Promise<BundleSweepResult> {
  const result: BundleSweepResult = { removed: [], blockedBy: [] };
  if (context.bundleGraceDays === null) return result;
  try {
    await removeUnused(context, { ...result, before: usedBefore(context.clock, context.bundleGraceDays) });
    return result;
  } catch (error) {
    return { ...result, errorCode: ObjectStackError.isInstance(error) ? error.code : 'internal' };
  }
}
