import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import {
  describeTenantRegistry,
  TENANT_REGISTRY_REQUIREMENTS,
  type TenantRegistrySuiteOptions,
} from './describe-tenant-registry.js';

const REPEATS = 'tenant-registry/initialize/repeats';

const nothing = () =>
  ({ initialize: async () => undefined, close: async () => undefined }) as unknown as ITenantRegistry;

/** The tests of a suite, by title. */
function testsOf(options: Partial<TenantRegistrySuiteOptions> = {}): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>();
  const register = (title: string, body: () => Promise<void>) => tests.set(title, body);
  const create = async () => ({ registry: nothing(), open: async () => nothing() });
  describeTenantRegistry(
    { describe: (_, body) => body(), it: Object.assign(register, { skip: register }) },
    { name: 'nowhere', create, ...options },
  );
  return tests;
}

const titleOf = (id: string) => `${id}: ${TENANT_REGISTRY_REQUIREMENTS[id]?.behavior}`;

describe('describeTenantRegistry', () => {
  it('has one test for every requirement, titled by its id and behavior', () => {
    expect([...testsOf().keys()]).toEqual(Object.keys(TENANT_REGISTRY_REQUIREMENTS).map(titleOf));
  });

  it('has a distinct behavior for each requirement', () => {
    const entries = Object.entries(TENANT_REGISTRY_REQUIREMENTS);
    expect(new Set(entries.map(([, { behavior }]) => behavior)).size).toBe(entries.length);
    for (const [id] of entries) expect(id).toMatch(/^tenant-registry\/[a-z]+\/[a-z-]+$/);
  });

  it('closes every registry and destroys every database, also after a failure', async () => {
    const counts = { opened: 0, closed: 0, created: 0, destroyed: 0 };
    const counted = async () => {
      counts.opened++;
      return { ...nothing(), close: async () => void counts.closed++ };
    };
    const create = async () => {
      counts.created++;
      return { registry: await counted(), open: counted, destroy: async () => void counts.destroyed++ };
    };
    const tests = testsOf({ create });
    for (const [title, test] of tests)
      if (!title.includes('/close/repeats')) await expect(test(), title).rejects.toThrow();
    expect(counts.created).toBeGreaterThanOrEqual(tests.size - 1);
    expect(counts.destroyed).toBe(counts.created);
    expect(counts.closed).toBeGreaterThanOrEqual(counts.opened);
  });

  it('accepts a known failure until it passes', async () => {
    const tests = testsOf({ knownFailures: { [REPEATS]: 'it does nothing' } });
    await tests.get(`${titleOf(REPEATS)} (known to fail: it does nothing)`)?.();
  });

  it('rejects a known failure of an unknown requirement', () => {
    expect(() => testsOf({ knownFailures: { 'tenant-registry/nothing': 'a typo' } })).toThrow('do not exist');
  });
});
