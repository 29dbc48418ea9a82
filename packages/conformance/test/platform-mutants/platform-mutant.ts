import type { CreateDatabaseRequest, TursoPlatformCapabilities } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { MemoryPlatform } from '../../src/reference/memory-platform.js';

/** What a platform does differently; the original methods are those of the prototype. */
export type Mutation = (platform: MemoryPlatform) => Partial<Record<keyof MemoryPlatform, unknown>>;

export interface PlatformMutant {
  /** Requirements that the platform violates, without the subject. */
  readonly breaks: readonly string[];
  readonly supports?: Partial<TursoPlatformCapabilities>;
  readonly mutate: Mutation;
}

export const ALL_CAPABILITIES: TursoPlatformCapabilities = {
  tokens: true,
  access: true,
  seed: true,
  sizeLimit: true,
  groups: true,
  retention: true,
  pointInTimeGapMs: 0,
};

export const proto = MemoryPlatform.prototype;
const original = <Name extends keyof MemoryPlatform>(platform: MemoryPlatform, name: Name) =>
  (proto[name] as (...args: unknown[]) => Promise<never>).bind(platform);

/** Replaces a rejection with this code. */
export async function onCode<T>(work: Promise<T>, code: string, instead: () => T | Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === code) return instead();
    throw error;
  }
}

/** Ignores an abort in one method. */
export const ignoringAborts =
  (
    name: 'createDatabase' | 'deleteDatabase' | 'revokeToken' | 'setDatabaseAccess' | 'setSizeLimit',
  ): Mutation =>
  (platform) => ({
    [name]: (...args: unknown[]) => {
      const last = args.at(-1) as { signal?: AbortSignal } | undefined;
      return original(platform, name)(...(last?.signal ? args.slice(0, -1) : args));
    },
  });

/** Changes how a database is created. */
export const create =
  (
    change: (platform: MemoryPlatform, request: CreateDatabaseRequest, options: object) => unknown,
  ): Mutation =>
  (platform) => ({
    createDatabase: (request: CreateDatabaseRequest, options = {}) => change(platform, request, options),
  });
