import { isDeepStrictEqual } from 'node:util';
import type { CallOptions, RolloutRecord } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import {
  EXCEEDS_LOCK_BUDGET,
  type RolloutPlan,
  type RolloutStrategy,
  type RolloutStrategyInput,
  RolloutStrategySchema,
} from '@objectstack/spec/system';
import { parseInput } from '../shared/parse-input.js';
import { whileReadingInput } from '../shared/while-reading-input.js';
import { assertBudget } from './error-budget.js';
import { findRollout, notInState, rolloutConflict } from './find-rollout.js';
import { type FleetContext, instantNow } from './fleet-context.js';
import { openContent } from './rollout-content.js';

const PAGE = 500;

/** Throws unless `allow` contains the ids of all approvals of the plan, and no others. */
function assertApproved({ approvals }: RolloutPlan, { allow }: RolloutStrategy): void {
  const known = new Set([EXCEEDS_LOCK_BUDGET, ...approvals.map(({ id }) => id)]);
  const unknown = allow.filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `Cannot approve ${unknown[0]}: it is not in the approvals of the plan.`,
      details: { allow: unknown },
    });
  const changes = approvals.flatMap(({ id }) => (allow.includes(id) ? [] : [id]));
  if (changes.length === 0) return;
  throw new ObjectStackError({
    code: 'destructive_not_allowed',
    message: `The plan of the rollout contains changes that need approval; pass each id in allow: ${changes.join(', ')}.`,
    details: { changes },
  });
}

/** Throws unless every canary tenant of the strategy is in the plan and not refused. */
async function assertCanary(
  { registry }: FleetContext,
  { id }: RolloutRecord,
  { canary }: RolloutStrategy,
): Promise<void> {
  if (!canary || !('tenantIds' in canary)) return;
  const asked = new Set(canary.tenantIds);
  for (let after = -1; asked.size > 0; ) {
    const page = await registry.listRolloutTenants(id, { states: ['pending'], after, limit: PAGE });
    for (const { tenantId } of page) asked.delete(tenantId);
    if (page.length < PAGE) break;
    after = page.at(-1)?.position ?? after;
  }
  if (asked.size === 0) return;
  const message = 'must be tenants of the plan that are not refused';
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `${asked.size} of the canary tenants are not in the plan, or are refused.`,
    details: { issues: [{ path: '/canary/tenantIds', code: 'unknown_tenant', message }] },
  });
}

/** Sizes of the waves in tenants. Tenants of the canary reduce the last waves. */
function sizesOf({ waves }: RolloutStrategy, { tenants, refusedTenants }: RolloutPlan): number[] {
  const total = tenants - refusedTenants;
  return waves.map((wave) => ('tenants' in wave ? wave.tenants : Math.ceil((wave.percent / 100) * total)));
}

const unreadable = () =>
  new ObjectStackError({ code: 'invalid_request', message: 'Reading the plan failed. Pass a plain value.' });

const rolloutIdOf = (plan: unknown): unknown =>
  whileReadingInput(unreadable, () =>
    typeof plan === 'object' && plan !== null ? (plan as Partial<RolloutPlan>).rolloutId : plan,
  );

/** A repeated start has no further effect. Throws `invalid_state` for any other. */
function assertSameStart(record: RolloutRecord, strategy: RolloutStrategy): void {
  const isActive = record.status === 'running' || record.status === 'paused' || record.status === 'stopped';
  if (!isActive || !isDeepStrictEqual(record.strategy, strategy))
    throw notInState(record.status, ['planned']);
}

/** See {@link IFleetService.startRollout}. Returns the id of the rollout to drive. */
export async function startRollout(
  context: FleetContext,
  { plan, strategy: input = {} }: { plan: RolloutPlan | string; strategy: RolloutStrategyInput | undefined },
  { signal }: CallOptions,
): Promise<string> {
  const { registry } = context;
  const strategy = parseInput(RolloutStrategySchema, input, 'strategy');
  const record = await findRollout(context, rolloutIdOf(plan));
  if (record.status !== 'planned') {
    assertSameStart(record, strategy);
    return record.id;
  }
  assertApproved(record.plan, strategy);
  assertBudget(strategy, record.plan);
  await assertCanary(context, record, strategy);
  await openContent(context, record.plan, signal);
  throwIfAborted(signal);
  const waves = sizesOf(strategy, record.plan);
  const start = { from: ['planned'] as const, strategy, waves, retry: false, at: instantNow(context) };
  const { changed, conflict } = await registry.startRollout(record.id, start);
  if (conflict !== null) throw rolloutConflict(conflict);
  if (!changed) assertSameStart(await findRollout(context, record.id), strategy);
  return record.id;
}
