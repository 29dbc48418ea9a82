import type { AbortOptions, IBundleStore, ListUnusedOptions } from '@objectstack/spec/contracts';
import { MemoryBundleStore } from '../../src/reference/memory-bundle-store.js';

/** What a store does differently; the original methods are those of the prototype. */
type Mutation = (store: MemoryBundleStore) => Partial<Record<keyof MemoryBundleStore, unknown>>;

export interface BundleStoreMutant {
  /** Requirements that the store violates, without the subject. */
  readonly breaks: readonly string[];
  readonly mutate: Mutation;
}

export const proto = MemoryBundleStore.prototype;
export const LARGE = 1_000_000;
export const EXPIRES_MS = 50 * 24 * 60 * 60 * 1_000;

/** Long enough for every other call in memory to end. */
export const others = () => new Promise<void>((resolve) => setImmediate(resolve));

export type Put = [bytes: Uint8Array, options?: AbortOptions];
export type Get = [checksum: string, options?: AbortOptions];
export type List = [usedBefore: string, options?: ListUnusedOptions];
export type Remove = [checksum: string, usedBefore: string, options?: AbortOptions];

/** Ignores an abort in one method. */
export const ignoringAborts =
  (name: keyof IBundleStore): Mutation =>
  (store) => ({
    [name]: (...args: unknown[]) => {
      const last = args.at(-1) as AbortOptions | undefined;
      const given = last?.signal ? args.slice(0, -1) : args;
      return (proto[name] as (...values: unknown[]) => unknown).apply(store, given);
    },
  });

/** State that the stores on the same bundles share. */
const shared = new WeakMap<object, { bytes?: Uint8Array; removals: number; removed: Set<string> }>();
export function stateOf({ bundles }: MemoryBundleStore) {
  const state = shared.get(bundles) ?? { removals: 0, removed: new Set() };
  shared.set(bundles, state);
  return state;
}
