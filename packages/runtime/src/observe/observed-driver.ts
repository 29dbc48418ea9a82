import type { IDataDriver } from '@objectstack/spec/contracts';
import type { Clock } from '../shared/clock.js';
import { observedMethods } from './observed-methods.js';
import { observedStream } from './observed-stream.js';
import type { Observer } from './observer.js';
import { reportQuota } from './report-quota.js';

/** Writes of records, which a quota can reject. */
const WRITES = [
  'create',
  'update',
  'upsert',
  'bulkCreate',
  'bulkUpdate',
  'updateMany',
] as const satisfies (keyof IDataDriver)[];

const LIMITED_METHODS: ReadonlySet<string> = new Set(WRITES);

/** Everything that returns a promise, except what belongs to the end of the connection. */
const METHODS: ReadonlySet<string> = new Set([
  ...WRITES,
  'execute',
  'executeAtomic',
  'find',
  'findOne',
  'count',
  'explain',
  'delete',
  'bulkDelete',
  'deleteMany',
  'beginTransaction',
  'commit',
  'rollback',
  'syncSchema',
  'syncSchemasBatch',
  'connect',
  'refresh',
] satisfies (keyof IDataDriver)[]);

/**
 * A driver whose calls and streams are logged, traced and measured, and whose writes that a quota rejects have an event. If
 * nothing is logged or traced, only these writes are observed.
 */
export function observedDriver(
  driver: IDataDriver,
  tenantId: string | undefined,
  { observer, clock }: { observer: Observer; clock: Clock },
): IDataDriver {
  const { isActive } = observer;
  const methods = isActive ? METHODS : LIMITED_METHODS;
  const callOf = (method: string) => ({
    part: 'database',
    method,
    ...(tenantId !== undefined && { tenantId }),
  });
  const observed = observedMethods(
    driver,
    (method) => methods.has(method),
    async (method, _, work) => {
      try {
        return await observer.observe(callOf(method), work);
      } catch (error) {
        if (LIMITED_METHODS.has(method))
          reportQuota(observer, { tenantId, at: clock.now().toISOString() }, error);
        throw error;
      }
    },
  );
  if (!isActive) return observed;
  const findStream: IDataDriver['findStream'] = (...args) =>
    observedStream(
      () => driver.findStream(...args),
      (work) => observer.observe(callOf('findStream'), work),
    );
  return new Proxy(observed, {
    get: (target, key) => (key === 'findStream' ? findStream : Reflect.get(target, key)),
  });
}
