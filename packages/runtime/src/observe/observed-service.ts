import type { Clock } from '../shared/clock.js';
import { isSynchronous } from '../shared/refused-when-closed.js';
import { observedMethods } from './observed-methods.js';
import { callOf } from './observed-parts.js';
import type { Observer } from './observer.js';
import { reportQuota } from './report-quota.js';

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
