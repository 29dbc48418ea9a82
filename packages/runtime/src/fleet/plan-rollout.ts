import { randomUUID } from 'node:crypto';
import type { FleetTenant, PlanRolloutOptions } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { limitConcurrency, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import {
  type FleetSelection,
  FleetSelectionSchema,
  type RolloutGroup,
  type RolloutPlan,
} from '@objectstack/spec/system';
import * as z from 'zod';
import { readStoredBundle } from '../deploy/read-stored-bundle.js';
import { parseInput } from '../shared/parse-input.js';
import { type FleetContext, instantNow } from './fleet-context.js';
import { GroupPlans } from './group-plans.js';
import { preflightTenant } from './preflight-tenant.js';
import { findRelease } from './releases.js';
import { RolloutTally } from './rollout-tally.js';

const PAGE = 500;
const CONCURRENCY = 16;
const ROLLOUT_CONCURRENCY = 8;

const ConcurrencySchema = z.int().min(1).max(64).default(CONCURRENCY);

/** Ids that no tenant has, sorted. */
async function unknownOf({ registry }: FleetContext, ids: ReadonlySet<string>): Promise<string[]> {
  const unknown: string[] = [];
  for (const id of [...ids].sort()) {
    const record = isStorableText(id) ? await registry.getTenant(id) : null;
    if (!record || record.destroyedAt !== null) unknown.push(id);
  }
  return unknown;
}

/** Pages of the selected tenants. Ids of a selection that no tenant has come last. */
async function* pagesOf(context: FleetContext, selection: FleetSelection): AsyncGenerator<FleetTenant[]> {
  const missing = new Set(selection.tenantIds);
  const { tenantIds } = selection;
  const stored = { ...selection, ...(tenantIds && { tenantIds: tenantIds.filter(isStorableText) }) };
  for (let after: string | undefined; ; ) {
    const page = await context.registry.selectFleet(stored, {
      ...(after !== undefined && { after }),
      limit: PAGE,
    });
    for (const { id } of page) missing.delete(id);
    if (page.length > 0) yield page;
    if (page.length < PAGE) break;
    after = page.at(-1)?.id;
  }
  const unknown = await unknownOf(context, missing);
  if (unknown.length > 0) yield unknown.map((id) => ({ id, status: 'destroying' as const }));
}

function noTenants(): ObjectStackError {
  const message = 'must match at least one tenant';
  return new ObjectStackError({
    code: 'invalid_request',
    message: 'The selection matches no tenant that is active or suspended.',
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

/** See {@link IFleetService.planRollout}. */
export async function planRollout(context: FleetContext, request: RolloutRequest): Promise<RolloutPlan> {
  const startedAt = performance.now();
  const { registry, bundles, dataPlane } = context;
  const { signal, concurrency } = request.options;
  const selection = parseInput(FleetSelectionSchema, request.selection ?? {}, 'selection');
  const limit = limitConcurrency(parseInput(ConcurrencySchema, concurrency, 'concurrency'));
  if (!isStorableText(selection.organizationId ?? '')) throw noTenants();
  const release = await findRelease(context, request.release);
  const { name, bundleChecksum: checksum, bundleVersion } = release;
  const bundle = await readStoredBundle(bundles, checksum, signal ? { signal } : {});
  const target = { bundle, plans: new GroupPlans(dataPlane, { bundle, checksum }) };
  const rolloutId = randomUUID();
  const tally = new RolloutTally();
  for await (const tenants of pagesOf(context, selection)) {
    throwIfAborted(signal);
    const results = await Promise.all(
      tenants.map((tenant) =>
        limit(async () => {
          throwIfAborted(signal);
          return preflightTenant(context, tenant, target);
        }),
      ),
    );
    for (const result of results) tally.add(result);
    await registry.addRolloutTenants(
      rolloutId,
      results.map(({ record }) => record),
    );
  }
  if (tally.tenants === 0) throw noTenants();
  const { tenants, refusedTenants, upToDateTenants, groups, approvals, refusals } = tally;
  const plan: RolloutPlan = {
    rolloutId,
    release: name,
    bundleChecksum: checksum,
    bundleVersion,
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
}
