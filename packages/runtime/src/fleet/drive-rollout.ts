import { isDeepStrictEqual } from 'node:util';
import type { RolloutRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type RolloutProgress, RolloutStrategySchema } from '@objectstack/spec/system';
import { pause } from '../shared/pause.js';
import { LeaseLost, type RolloutTarget } from './deploy-tenant.js';
import { driveRollback } from './drive-rollback.js';
import { isExceeded } from './error-budget.js';
import { type FleetContext, instantIn, instantNow } from './fleet-context.js';
import { groupFinalRecords } from './group-final-records.js';
import { openContent } from './rollout-content.js';
import { RolloutLease } from './rollout-lease.js';
import { rolloutRate } from './rollout-rate.js';
import { preparedItems } from './run-batch.js';
import { type Drive, runWave } from './run-wave.js';
import { accessDeadline, serveAccesses } from './serve-accesses.js';

const LONGEST_PAUSE_MS = 250;

/** The first wave that has tenants to attempt. */
const pendingWave = ({ waves }: RolloutProgress) => waves.find(({ pending }) => pending > 0)?.wave;

async function end(drive: Drive, record: RolloutRecord, status: 'stopped' | 'completed'): Promise<void> {
  const { context, lease } = drive;
  const at = instantNow(context);
  const change = { from: ['running'] as const, lease: lease.token, status, endedAt: at, bakeUntil: null, at };
  const closed = { ...change, accessUntil: null };
  await context.registry.updateRollout(record.id, closed);
}

/** Enters a wave, after a pause if it follows another one. */
async function enterWave(
  drive: Drive,
  record: RolloutRecord,
  { wave, isLater }: { wave: number; isLater: boolean },
): Promise<void> {
  const { context, lease, strategy } = drive;
  const bakeUntil = isLater && strategy.bakeMs > 0 ? instantIn(context, strategy.bakeMs) : null;
  const change = { from: ['running'] as const, lease: lease.token, wave, bakeUntil, accessUntil: null };
  await context.registry.updateRollout(record.id, { ...change, at: instantNow(context) });
}

async function bake(drive: Drive, { id, bakeUntil = '' }: RolloutRecord): Promise<void> {
  const { context, lease } = drive;
  const left = Date.parse(bakeUntil) - context.clock.now().getTime();
  if (left > 0) return pause(Math.min(left, LONGEST_PAUSE_MS), lease.signal);
  const change = { from: ['running'] as const, lease: lease.token, bakeUntil: null, at: instantNow(context) };
  await context.registry.updateRollout(id, change);
}

async function attempt(drive: Drive, record: RolloutRecord, progress: RolloutProgress): Promise<void> {
  const deadline = accessDeadline(drive, record);
  if (deadline !== null) await serveAccesses(drive, record, { progress, deadline });
  else await runWave(drive, record, { progress, accessed: false });
}

/** One step of a running rollout: a batch of tenants, the entry into a wave, a part of a pause, or the end. */
async function step(drive: Drive, record: RolloutRecord): Promise<void> {
  if (record.bakeUntil !== undefined) return bake(drive, record);
  const progress = await drive.context.registry.countRolloutTenants(record.id);
  if (isExceeded(drive.strategy, progress.failures, record.plan.tenants))
    return end(drive, record, 'stopped');
  const wave = pendingWave(progress);
  if (wave === undefined) return end(drive, record, 'completed');
  if (wave === record.wave) return attempt(drive, record, progress);
  const isLater = wave > record.wave && progress.waves.some((one) => one.wave <= record.wave);
  return enterWave(drive, record, { wave, isLater });
}

async function prepare(context: FleetContext, lease: RolloutLease, record: RolloutRecord): Promise<Drive> {
  const { id, plan, strategy: stored } = record;
  const strategy = RolloutStrategySchema.parse(stored ?? {});
  const target: RolloutTarget = {
    content: await openContent(context, plan),
    allow: strategy.allow,
    environment: strategy.environment,
    record: (change) => context.registry.saveRolloutTenants(id, [change], lease.token),
  };
  const waitTurn = rolloutRate(strategy.maxTenantsPerSecond);
  const gathered = preparedItems({ concurrency: strategy.concurrency, waitTurn });
  const registry = gathered === 0 ? context.registry : groupFinalRecords(context.registry, gathered);
  return {
    context: { ...context, registry },
    lease,
    strategy,
    target,
    waitTurn,
  };
}

async function proceed(context: FleetContext, lease: RolloutLease, rolloutId: string): Promise<void> {
  let prepared: { readonly drive: Drive; readonly strategy: RolloutRecord['strategy'] } | undefined;
  while (!lease.signal.aborted) {
    const record = await context.registry.getRollout(rolloutId);
    if (record?.status !== 'running' && record?.status !== 'rolling_back') return;
    lease.serve(record.status);
    if (record.status === 'rolling_back') return driveRollback(context, lease, record);
    const { strategy } = record;
    // Another process may have resumed the rollout with another error budget.
    if (!prepared || !isDeepStrictEqual(prepared.strategy, strategy))
      prepared = { drive: await prepare(context, lease, record), strategy };
    await step(prepared.drive, record);
  }
}

const RETRIES = 5;
const RETRY_MS = 1_000;

/** Every step can be repeated, so a temporary error of the registry or the bundle store does not end the drive. */
async function proceedDespiteErrors(
  context: FleetContext,
  lease: RolloutLease,
  rolloutId: string,
): Promise<void> {
  for (let left = RETRIES; ; left--) {
    try {
      return await proceed(context, lease, rolloutId);
    } catch (error) {
      if (left === 0 || !ObjectStackError.isInstance(error) || !error.retryable) throw error;
      await pause(RETRY_MS, lease.signal);
    }
  }
}

const STANDBY_MS = 500;

/**
 * Takes the lease. While another process holds it, waits: that process may die, or may be ending its work after a pause
 * although the rollout was resumed. Null if the rollout ended meanwhile.
 */
async function takeLease(
  context: FleetContext,
  rolloutId: string,
  signal: AbortSignal,
): Promise<RolloutLease | null> {
  while (!signal.aborted) {
    const record = await context.registry.getRollout(rolloutId);
    if (record?.status !== 'running' && record?.status !== 'rolling_back') return null;
    const lease = await RolloutLease.take(context, rolloutId);
    if (lease) return lease;
    await pause(STANDBY_MS, signal);
  }
  return null;
}

/**
 * Drives a rollout until it ends, is paused, or the signal is aborted; waits while another process drives it. Can be
 * called again after any interruption.
 */
export async function driveRollout(
  context: FleetContext,
  rolloutId: string,
  { signal, onLease }: { signal: AbortSignal; onLease: (lease: RolloutLease) => void },
): Promise<void> {
  const by = { ...context, by: { requestId: rolloutId } };
  const lease = await takeLease(by, rolloutId, signal);
  if (!lease) return;
  const halt = () => lease.halt();
  signal.addEventListener('abort', halt, { once: true });
  if (signal.aborted) halt();
  onLease(lease);
  try {
    await proceedDespiteErrors(by, lease, rolloutId);
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
  } finally {
    lease.halt();
    signal.removeEventListener('abort', halt);
    await lease.release();
  }
}
