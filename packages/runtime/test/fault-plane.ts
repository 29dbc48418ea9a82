import type { DataPlane, ITenantRegistry } from '@objectstack/spec/contracts';

/** Called around every effect with its number and its name. */
export interface Faults {
  before(effect: string): void | Promise<void>;
  after(effect: string): void | Promise<void>;
}

const REGISTRY_WRITES = ['createTenant', 'updateTenant', 'takeLease', 'recordStep'] as const;
const PLATFORM_WRITES = ['createDatabase', 'deleteDatabase', 'purgeDatabase', 'setDatabaseAccess'] as const;

/** Wraps an object with faults before and after the named methods. */
function around<T extends object, K extends keyof T>(target: T, methods: readonly K[], faults: Faults): T {
  const wrapped = Object.create(target) as T;
  for (const method of methods) {
    const original = target[method] as (...args: unknown[]) => Promise<unknown>;
    const replacement = async (...args: unknown[]) => {
      await faults.before(String(method));
      const result = await original.apply(target, args);
      await faults.after(String(method));
      return result;
    };
    Object.defineProperty(wrapped, method, { value: replacement });
  }
  return wrapped;
}

export function faultyRegistry(registry: ITenantRegistry, faults: Faults): ITenantRegistry {
  return around(registry, REGISTRY_WRITES, faults);
}

export function faultyDataPlane<T extends DataPlane>(dataPlane: T, faults: Faults): T {
  const platform = around(dataPlane.platform, PLATFORM_WRITES, faults);
  const plane = around(dataPlane, ['claimDatabase'], faults);
  Object.defineProperty(plane, 'platform', { value: platform });
  return plane;
}

/** Calls a function at the n-th boundary: 0 is before the first effect, 1 after it, 2 before the second, and so on. */
export function atBoundary(boundary: number, fault: (name: string) => void): Faults {
  let passed = 0;
  const pass = (name: string) => {
    if (passed++ === boundary) fault(name);
  };
  return { before: (effect) => pass(`before ${effect}`), after: (effect) => pass(`after ${effect}`) };
}

/** Throws the first times, before the effect. */
export function failFirst(times: number, effect: string, error: unknown): Faults {
  let failures = 0;
  const before = (name: string) => {
    if (name !== effect || failures === times) return;
    failures++;
    throw error;
  };
  return { before, after: () => {} };
}

/** Throws once, before the effect. */
export const failOnce = (effect: string, error: unknown): Faults => failFirst(1, effect, error);
