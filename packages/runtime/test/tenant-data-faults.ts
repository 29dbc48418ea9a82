import type { DataPlane, ITenantRegistry, ITursoPlatformService } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/** `before`: the call has no effect; `after`: its answer is lost; `exit`: the process ends before the call. */
export type FaultWay = 'before' | 'after' | 'exit';

const failure = () => new ObjectStackError({ code: 'platform_unavailable', message: 'A fault of the test.' });

/** Counts the calls of registry, platform and data plane, and lets one of them fail. */
export class CallFaults {
  readonly #nth: number;
  readonly #way: FaultWay;
  calls = 0;

  /** Call 0: none fails. */
  constructor(nth = 0, way: FaultWay = 'before') {
    this.#nth = nth;
    this.#way = way;
  }

  async around<T>(call: () => Promise<T>): Promise<T> {
    this.calls++;
    if (this.#nth === 0) return call();
    if (this.#way === 'exit' && this.calls >= this.#nth) throw failure();
    if (this.calls !== this.#nth) return call();
    if (this.#way === 'before') throw failure();
    await call();
    throw failure();
  }
}

function faulty<T extends object>(target: T, faults: CallFaults, methods?: ReadonlySet<string>): T {
  // The proxy of an empty object: the properties of the target may be frozen.
  return new Proxy({} as T, {
    get(_, key) {
      const member = Reflect.get(target, key, target);
      if (typeof member !== 'function' || (methods && !methods.has(String(key)))) return member;
      return (...args: unknown[]) => faults.around(async () => member.apply(target, args));
    },
  });
}

const PLANE_CALLS: ReadonlySet<string> = new Set(['claimDatabase', 'readTenantMarker']);

/** The parts with faults around every call. */
export function faultyTenantParts(
  { registry, dataPlane }: { registry: ITenantRegistry; dataPlane: DataPlane },
  faults: CallFaults,
): { registry: ITenantRegistry; dataPlane: DataPlane } {
  const platform: ITursoPlatformService = faulty(dataPlane.platform, faults);
  const calls = faulty(dataPlane, faults, PLANE_CALLS);
  return {
    registry: faulty(registry, faults),
    dataPlane: new Proxy({} as DataPlane, {
      get: (_, key) => (key === 'platform' ? platform : Reflect.get(calls, key)),
    }),
  };
}
