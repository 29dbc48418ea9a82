import { randomUUID } from 'node:crypto';
import type { PlanRolloutOptions } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { limitConcurrency, ObjectStackError, throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
import {
  type FleetSelection,
  FleetSelectionSchema,
  type Release,
  type RolloutGroup,
  type RolloutPlan,
  type RolloutUpgrade,
  type RolloutUpgradeInput,
  RolloutUpgradeSchema,
} from '@objectstack/spec/system';
import { parseInput } from '../shared/parse-input.js';
import { type FleetContext, instantNow } from './fleet-context.js';
import { PreflightSummary } from './preflight-summary.js';
import { preflightTenant } from './preflight-tenant.js';
import { findRelease } from './releases.js';
import { openContent } from './rollout-content.js';
import { ConcurrencySchema, selectFleet } from './select-fleet.js';

const ROLLOUT_CONCURRENCY = 8;

function noTenants(appId?: string): ObjectStackError {
  const message = 'must match at least one tenant';
  return new ObjectStackError({
    code: 'invalid_request',
    message:
      appId === undefined
        ? 'The selection matches no tenant that is active or suspended.'
        : `The selection matches no active or suspended tenant that has the app ${appId}.`,
    details: { issues: [{ path: '/selection', code: 'no_tenants', message }] },
  });
}

/** Estimated from the duration of earlier deployments of the same plans; those of others stand in for a new plan. */
async function estimate({ registry }: FleetContext, groups: readonly RolloutGroup[]): Promise<number | null> {
  const measured = await registry.averageDurations(groups.map(({ planHash }) => planHash));
  const durations = Object.values(measured);
  if (durations.length === 0) return null;
  const mean = durations.reduce((sum, one) => sum + one, 0) / durations.length;
  const total = groups.reduce((sum, one) => sum + one.tenants * (measured[one.planHash] ?? mean), 0);
  return total / ROLLOUT_CONCURRENCY;
}

export interface RolloutRequest {
  readonly release: string;
  readonly selection: FleetSelection | undefined;
  readonly options: Partial<PlanRolloutOptions>;
}

interface Preflight {
  readonly rolloutId: string;
  readonly release: Release;
  readonly selection: FleetSelection;
  readonly concurrency: number;
  readonly upgrade: RolloutUpgrade | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Plans every selected tenant, and stores the outcomes. */
async function preflight(context: FleetContext, request: Preflight): Promise<PreflightSummary> {
  const { registry } = context;
  const { rolloutId, release, selection, concurrency, upgrade, signal } = request;
  const content = await openContent(context, { ...release, ...(upgrade && { upgrade }) }, signal);
  const limit = limitConcurrency(concurrency);
  const summary = new PreflightSummary();
  for await (const tenants of selectFleet(context, selection)) {
    throwIfAborted(signal);
    const planned = tenants.map((tenant) =>
      limit(async () => {
        throwIfAborted(signal);
        return preflightTenant(context, tenant, content);
      }),
    );
    const found = await unlessAborted(Promise.all(planned), signal);
    const results = found.filter((result) => result !== null);
    for (const result of results) summary.add(result);
    await registry.addRolloutTenants(
      rolloutId,
      results.map(({ record }) => record),
    );
  }
  if (summary.tenants === 0) throw noTenants(release.appId);
  return summary;
}

/** How the app of a release is upgraded; undefined for the release of a bundle. Throws `invalid_request`. */
function upgradeOf({ appId }: Release, given: RolloutUpgradeInput | undefined): RolloutUpgrade | undefined {
  if (appId !== undefined) return parseInput(RolloutUpgradeSchema, given ?? {}, 'upgrade');
  if (given === undefined) return undefined;
  const message = 'must be absent for the release of a bundle';
  throw new ObjectStackError({
    code: 'invalid_request',
    message: 'The option upgrade is only for the release of an app.',
    details: { issues: [{ path: '/upgrade', code: 'not_an_app', message }] },
  });
}

/** See {@link IFleetService.planRollout}. */
export async function planRollout(context: FleetContext, request: RolloutRequest): Promise<RolloutPlan> {
  const startedAt = performance.now();
  const { registry } = context;
  const { signal, concurrency: asked } = request.options;
  const selection = parseInput(FleetSelectionSchema, request.selection ?? {}, 'selection');
  const concurrency = parseInput(ConcurrencySchema, asked, 'concurrency');
  if (!isStorableText(selection.organizationId ?? '')) throw noTenants();
  const release = await findRelease(context, request.release);
  const upgrade = upgradeOf(release, request.options.upgrade);
  const rolloutId = randomUUID();
  try {
    const summary = await preflight(context, { rolloutId, release, selection, concurrency, upgrade, signal });
    const { tenants, refusedTenants, upToDateTenants, groups, approvals, refusals } = summary;
    const plan: RolloutPlan = {
      rolloutId,
      release: release.name,
      ...(release.appId !== undefined && { appId: release.appId }),
      ...(upgrade && { upgrade }),
      bundleChecksum: release.bundleChecksum,
      bundleVersion: release.bundleVersion,
      selection,
      createdAt: instantNow(context),
      tenants,
      refusedTenants,
      upToDateTenants,
      groups,
      approvals,
      refusals,
      estimatedMs: await estimate(context, groups),
      durationMs: performance.now() - startedAt,
    };
    const record = { id: rolloutId, status: 'planned', plan, wave: 0, updatedAt: plan.createdAt } as const;
    await registry.addRollout({ ...record, leaseUntil: null });
    return plan;
  } catch (error) {
    await registry.discardRollout(rolloutId).catch(() => false);
    throw error;
  }
}
