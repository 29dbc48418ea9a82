import { ObjectStackError } from '@objectstack/spec/shared';
import { TenantQuotaNameEnum } from '@objectstack/spec/system';
import type { Observer } from './observer.js';

/** Errors that an event was emitted for: one error passes a driver and the service that called it. */
const reported = new WeakSet<object>();

/** Emits `quota.exceeded` for a call that a quota rejected, once for each error. */
export function reportQuota(
  observer: Pick<Observer, 'emit'>,
  { tenantId, at }: { tenantId: string | undefined; at: string },
  error: unknown,
): void {
  if (tenantId === undefined || !ObjectStackError.isInstance(error, 'quota_exceeded')) return;
  if (reported.has(error)) return;
  const { quota, maximum, usage, requested } = error.details;
  const name = TenantQuotaNameEnum.safeParse(quota);
  if (!name.success) return;
  reported.add(error);
  observer.emit('quota.exceeded', {
    at,
    tenantId,
    quota: name.data,
    ...(typeof maximum === 'number' && { limit: maximum }),
    ...(typeof usage === 'number' && { usage }),
    ...(typeof requested === 'number' && { requested }),
  });
}
