import { describe, expect, it } from 'vitest';
import { observedMethods } from './observed-methods.js';

class Part {
  #calls = 0;
  readonly name = 'part';
  async read(value: number): Promise<number> {
    this.#calls += value;
    return this.#calls;
  }
  size(): number {
    return this.#calls;
  }
}

function observed<T extends object>(target: T) {
  const seen: unknown[] = [];
  const proxy = observedMethods(
    target,
    (method) => method === 'read',
    (method, args, work) => {
      seen.push([method, ...args]);
      return work();
    },
  );
  return { proxy, seen };
}

describe('observedMethods', () => {
  it('runs the selected methods of a class with private fields, and leaves the rest', async () => {
    const { proxy, seen } = observed(new Part());
    expect([await proxy.read(2), await proxy.read(3), proxy.size(), proxy.name]).toEqual([2, 5, 5, 'part']);
    expect(seen).toEqual([
      ['read', 2],
      ['read', 3],
    ]);
    expect(proxy).toBeInstanceOf(Part);
    expect(proxy.read).toBe(proxy.read);
  });

  it('turns an exception of a method into a rejection', async () => {
    const { proxy } = observed({
      read: (): Promise<never> => {
        throw new Error('oops');
      },
    });
    await expect(proxy.read()).rejects.toThrow('oops');
  });

  it('observes copies and frozen objects', async () => {
    const { proxy, seen } = observed(Object.freeze({ read: async () => 7 }));
    const copy = { ...proxy };
    expect([await copy.read(), 'read' in proxy, Object.keys(proxy)]).toEqual([7, true, ['read']]);
    expect(seen).toHaveLength(1);
  });
});
