import { randomUUID } from 'node:crypto';
import type { QuotaClaim, TenantRecord } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { type QuotaReservation, ReservableQuotaEnum } from '@objectstack/spec/system';
import * as z from 'zod';
import { findTenant } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { countObjects, type QuotaContext, readLedger } from './count-usage.js';
import { periodOf } from './period-of.js';
import { quotaError } from './quota-error.js';

export const RESERVATION_TTL_MS = 10 * 60 * 1_000;
const MOST_TTL_MS = 24 * 60 * 60 * 1_000;
/** Number of times that usage is measured because reservations were committed meanwhile. */
const ATTEMPTS = 20;

const ReserveRequestSchema = z.strictObject({
  quota: ReservableQuotaEnum,
  amount: z.int().min(1),
  ttlMs: z.int().min(1).max(MOST_TTL_MS).default(RESERVATION_TTL_MS),
});

/** Objects are counted in the tenant's database; the revision is read before, see {@link IQuotaLedger.claimQuota}. */
async function measuredObjects(context: QuotaContext, tenantId: string): Promise<QuotaClaim['measured']> {
  const { revision } = await readLedger(context, tenantId, 'maxObjects');
  const usage = await countObjects(await context.router.getTenantClient(tenantId));
  return { usage, revision };
}

/** See {@link IQuotaService.reserve}. */
export async function reserveQuota(
  context: QuotaContext,
  tenantId: string,
  {
    signal,
    ...request
  }: { quota: unknown; amount: unknown; ttlMs?: unknown; signal?: AbortSignal | undefined },
): Promise<QuotaReservation> {
  const { quota, amount, ttlMs } = parseInput(ReserveRequestSchema, request, 'reservation');
  const { tenant }: TenantRecord = await findTenant(context.registry, tenantId);
  const limit = tenant.quotas[quota];
  for (let attempt = 1; ; attempt++) {
    const measured = quota === 'maxObjects' ? await measuredObjects(context, tenantId) : undefined;
    throwIfAborted(signal);
    const now = context.clock.now();
    const { period, resetAt } = periodOf(quota, now);
    const expiresAt = new Date(now.getTime() + ttlMs).toISOString();
    const reservation = { id: randomUUID(), tenantId, quota, amount, expiresAt };
    const claim = {
      tenantId,
      quota,
      period,
      amount,
      limit: limit ?? null,
      now: now.toISOString(),
      reservation,
    };
    const result = await context.registry.claimQuota({ ...claim, ...(measured && { measured }) });
    if (result.outcome === 'granted') return reservation;
    const usage = result.used + result.reserved + (measured?.usage ?? 0);
    if (result.outcome === 'refused' || attempt === ATTEMPTS)
      throw result.outcome === 'refused'
        ? quotaError('quota_exceeded', {
            quota,
            limit,
            usage,
            requested: amount,
            ...(resetAt && { resetAt }),
          })
        : new ObjectStackError({
            code: 'database_busy',
            message: 'Other callers changed the usage during every attempt to reserve some. Retry the call.',
            details: { attempts: ATTEMPTS },
          });
  }
}

export function reservationNotFound(): ObjectStackError {
  return new ObjectStackError({
    code: 'reservation_not_found',
    message: 'The reservation does not exist, was released or has expired. Reserve the usage again.',
  });
}

/** Ends a reservation by an id that was not validated. Returns whether it exists. */
export async function endReservation(
  { registry, clock }: Pick<QuotaContext, 'registry' | 'clock'>,
  id: unknown,
  outcome: 'commit' | 'release',
): Promise<boolean> {
  if (typeof id !== 'string' || id === '' || !isStorableText(id)) return false;
  return registry.endReservation(id, { outcome, now: clock.now().toISOString() });
}
