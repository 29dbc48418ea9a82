import { ObjectStackError } from '@objectstack/spec/shared';
import { TenantQuotaNameEnum } from '@objectstack/spec/system';
import type { Clock } from '../shared/clock.js';
import { isSynchronous } from '../shared/refused-when-closed.js';
import { observedMethods } from './observed-methods.js';
import { callOf } from './observed-parts.js';
import type { Observer } from './observer.js';

/** Emits `quota.exceeded` for a call that a quota rejected. */
function reportQuota(
  observer: Pick<Observer, 'emit'>,
  { tenantId, at }: { tenantId: string | undefined; at: string },
  error: unknown,
): void {
  if (tenantId === undefined || !ObjectStackError.isInstance(error, 'quota_exceeded')) return;
  const { quota, maximum, usage, requested } = error.details;
  const name = TenantQuotaNameEnum.safeParse(quota);
  if (!name.success) return;
  observer.emit('quota.exceeded', {
    at,
    tenantId,
    quota: name.data,
    ...(typeof maximum === 'number' && { limit: maximum }),
    ...(typeof usage === 'number' && { usage }),
    ...(typeof requested === 'number' && { requested }),
  });
}

/** A service whose asynchronous calls are logged, traced and measured. */
export function observedService<T extends object>(
  name: string,
  service: T,
  { observer, clock }: { observer: Observer; clock: Clock },
): T {
  return observedMethods(
    service,
    (method) => !isSynchronous(method),
    async (method, args, work) => {
      const call = callOf(name, method, args);
      try {
        return await observer.observe(call, work);
      } catch (error) {
        reportQuota(observer, { tenantId: call.tenantId, at: clock.now().toISOString() }, error);
        throw error;
      }
    },
  );
}
