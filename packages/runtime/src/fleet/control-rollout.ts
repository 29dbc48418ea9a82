import { isDeepStrictEqual } from 'node:util';
import type { CallOptions, RolloutRecord } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import {
  type RolloutStatus,
  type RolloutStrategyInput,
  RolloutStrategySchema,
} from '@objectstack/spec/system';
import { parseInput } from '../shared/parse-input.js';
import { findRollout, notInState, rolloutConflict } from './find-rollout.js';
import { type FleetContext, instantNow } from './fleet-context.js';

type Budgets = Pick<RolloutStrategyInput, 'errorBudget' | 'errorBudgets'>;

interface Transition {
  readonly rolloutId: string;
  readonly from: readonly RolloutStatus[];
  readonly to: RolloutStatus;
  /** Whether the rollout ends with the transition. */
  readonly ends: boolean;
}

/** Changes the status, unless it is the requested one already. */
async function enter(
  context: FleetContext,
  { rolloutId, from, to, ends }: Transition,
  { signal }: CallOptions,
): Promise<void> {
  const record = await findRollout(context, rolloutId);
  if (record.status === to) return;
  throwIfAborted(signal);
  const at = instantNow(context);
  const change = { from, status: to, at, bakeUntil: null, accessUntil: null, endedAt: ends ? at : null };
  if (await context.registry.updateRollout(record.id, change)) return;
  const { status } = await findRollout(context, rolloutId);
  if (status !== to) throw notInState(status, from);
}

function strategyOf({ strategy }: RolloutRecord, { errorBudget, errorBudgets }: Budgets) {
  const budgets = { ...(errorBudget && { errorBudget }), ...(errorBudgets && { errorBudgets }) };
  return parseInput(RolloutStrategySchema, { ...strategy, ...budgets }, 'strategy');
}

/** See {@link IFleetService.pauseRollout}. */
export const pauseRollout = (context: FleetContext, rolloutId: string, options: CallOptions): Promise<void> =>
  enter(context, { rolloutId, from: ['running'], to: 'paused', ends: false }, options);

/** See {@link IFleetService.abortRollout}. */
export const abortRollout = (
  context: FleetContext,
  rolloutId: string,
  options: CallOptions,
): Promise<void> => {
  const from = ['planned', 'running', 'paused', 'stopped', 'completed'] as const;
  return enter(context, { rolloutId, from, to: 'aborted', ends: true }, options);
};

/** See {@link IFleetService.rollbackRollout}. */
export async function rollbackRollout(
  context: FleetContext,
  rolloutId: string,
  options: CallOptions,
): Promise<void> {
  const from = ['running', 'paused', 'stopped', 'completed', 'aborted'] as const;
  const record = await findRollout(context, rolloutId);
  if (record.status === 'rolled_back' || record.status === 'rolling_back') return;
  // A rollout that was aborted before its start has deployed nothing.
  if (record.startedAt === undefined) throw notInState(record.status, from);
  throwIfAborted(options.signal);
  const strategy = strategyOf(record, {});
  const start = { from, to: 'rolling_back', strategy, retry: false, at: instantNow(context) } as const;
  const { changed, conflict } = await context.registry.startRollout(record.id, start);
  if (conflict !== null) throw rolloutConflict(conflict);
  if (changed) return;
  const { status } = await findRollout(context, rolloutId);
  if (status !== 'rolling_back' && status !== 'rolled_back') throw notInState(status, from);
}

const RESUMABLE = ['paused', 'stopped', 'completed'] as const;
const ROLLBACK = { from: ['rolled_back'], to: 'rolling_back' } as const;

async function hasFailedRollbacks({ registry }: FleetContext, { id }: RolloutRecord): Promise<boolean> {
  const { states } = await registry.countRolloutTenants(id);
  return states.rollback_failed !== undefined;
}

/** See {@link IFleetService.resumeRollout}. */
export async function resumeRollout(
  context: FleetContext,
  rolloutId: string,
  options: CallOptions & Budgets,
): Promise<void> {
  const record = await findRollout(context, rolloutId);
  const strategy = strategyOf(record, options);
  throwIfAborted(options.signal);
  const isRunning = record.status === 'running';
  if (record.status === 'rolling_back' || (isRunning && isDeepStrictEqual(strategy, record.strategy))) return;
  const isRollback = record.status === 'rolled_back' && (await hasFailedRollbacks(context, record));
  const from = isRunning ? (['running'] as const) : RESUMABLE;
  const start = {
    ...(isRollback ? ROLLBACK : { from }),
    strategy,
    retry: !isRunning,
    at: instantNow(context),
  };
  const { changed, conflict } = await context.registry.startRollout(record.id, start);
  if (conflict !== null) throw rolloutConflict(conflict);
  if (changed) return;
  const { status } = await findRollout(context, rolloutId);
  if (status !== 'running' && status !== 'rolling_back')
    throw notInState(status, [...RESUMABLE, 'running', 'rolling_back']);
}
