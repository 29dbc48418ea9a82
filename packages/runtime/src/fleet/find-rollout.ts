import type { RolloutRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Rollout, RolloutStatus } from '@objectstack/spec/system';
import type { FleetContext } from './fleet-context.js';

type Context = Pick<FleetContext, 'registry'>;

/** Finds the rollout by an unvalidated id. */
export async function findRollout({ registry }: Context, rolloutId: unknown): Promise<RolloutRecord> {
  const isId = typeof rolloutId === 'string' && /^[0-9a-f-]{36}$/.test(rolloutId);
  const record = isId ? await registry.getRollout(rolloutId) : null;
  if (record) return record;
  throw new ObjectStackError({
    code: 'rollout_not_found',
    message: 'There is no rollout with this id. Plan one with planRollout.',
    ...(isId && { details: { rolloutId } }),
  });
}

export async function withProgress(
  { registry }: Context,
  { leaseUntil: _, ...record }: RolloutRecord,
): Promise<Rollout> {
  return { ...record, progress: await registry.countRolloutTenants(record.id) };
}

export const readRollout = async (context: Context, rolloutId: unknown): Promise<Rollout> =>
  withProgress(context, await findRollout(context, rolloutId));

/** The error for a rollout whose status does not permit a call. */
export function notInState(status: RolloutStatus, allowed: readonly RolloutStatus[]): ObjectStackError {
  return new ObjectStackError({
    code: 'invalid_state',
    message: `The rollout has the status ${status}. This is possible in the status ${allowed.join(', ')}.`,
    details: { status, allowed: [...allowed] },
  });
}

export function rolloutConflict(rolloutId: string): ObjectStackError {
  return new ObjectStackError({
    code: 'rollout_conflict',
    message: `The rollout ${rolloutId} has not ended and includes some of the tenants. Wait for it, or abort it.`,
    details: { rolloutId },
  });
}
