import type { MemoryPlatform } from '../../src/reference/memory-platform.js';
import { create, ignoringAborts, onCode, type PlatformMutant, proto } from './platform-mutant.js';

/** Mistakes in size limits and usage. */
export const SIZE_MUTANTS: Readonly<Record<string, PlatformMutant>> = {
  'limits although aborted': { breaks: ['size/aborted'], mutate: ignoringAborts('setSizeLimit') },
  'ignores the limit of a new database': {
    breaks: ['size/beside-blocks', 'size/on-create', 'size/raised'],
    mutate: create(async (platform, request, options) => {
      const info = await proto.createDatabase.call(platform, request, options);
      const database = platform.databases.get(info.name);
      if (database)
        Object.defineProperty(database, 'sizeLimitBytes', {
          value: Number.POSITIVE_INFINITY,
          writable: request.sizeLimitBytes === undefined,
        });
      return info;
    }),
  },
  'limits only new databases': {
    breaks: ['size/below', 'size/later'],
    mutate: (platform) => ({
      setSizeLimit: async (name: string, bytes: number, options = {}) => {
        const before = platform.databases.get(name)?.sizeLimitBytes ?? 0;
        await proto.setSizeLimit.call(platform, name, bytes, options);
        if (before === Number.POSITIVE_INFINITY) platform.find(name).sizeLimitBytes = before;
      },
    }),
  },
  'never raises a limit': {
    breaks: ['size/raised'],
    mutate: (platform) => ({
      setSizeLimit: async (name: string, bytes: number, options = {}) => {
        const before = platform.databases.get(name)?.sizeLimitBytes ?? 0;
        await proto.setSizeLimit.call(platform, name, bytes, options);
        platform.find(name).sizeLimitBytes = Math.min(before, bytes);
      },
    }),
  },
  'truncates to the limit': {
    breaks: ['size/below'],
    mutate: (platform) => ({
      setSizeLimit: async (name: string, bytes: number, options = {}) => {
        await proto.setSizeLimit.call(platform, name, bytes, options);
        if (bytes < 1_000_000) platform.find(name).texts.splice(0);
      },
    }),
  },
  'removes the limit when it changes blocks': {
    breaks: ['size/beside-blocks'],
    mutate: (platform) => ({
      setDatabaseAccess: async (
        name: string,
        blocks: { blockReads: boolean; blockWrites: boolean },
        options = {},
      ) => {
        await proto.setDatabaseAccess.call(platform, name, blocks, options);
        platform.find(name).sizeLimitBytes = Number.POSITIVE_INFINITY;
      },
    }),
  },
  'removes blocks when it changes the limit': {
    breaks: ['size/beside-blocks'],
    mutate: (platform) => ({
      setSizeLimit: async (name: string, bytes: number, options = {}) => {
        await proto.setSizeLimit.call(platform, name, bytes, options);
        platform.find(name).blocks = { blockReads: false, blockWrites: false };
      },
    }),
  },
  'accepts any limit': {
    breaks: ['size/invalid'],
    mutate: (platform) => ({
      setSizeLimit: (...args: Parameters<MemoryPlatform['setSizeLimit']>) =>
        onCode(proto.setSizeLimit.apply(platform, args), 'invalid_request', () => undefined),
    }),
  },
  'limits unknown databases': {
    breaks: ['size/unknown'],
    mutate: (platform) => ({
      setSizeLimit: (...args: Parameters<MemoryPlatform['setSizeLimit']>) =>
        onCode(proto.setSizeLimit.apply(platform, args), 'database_not_found', () => undefined),
    }),
  },
  'reports a constant size': {
    breaks: ['usage/grows'],
    mutate: (platform) => ({
      getDatabaseUsage: async (name: string) => ({
        ...(await proto.getDatabaseUsage.call(platform, name)),
        storageBytes: 4_096,
      }),
    }),
  },
  'reports the size of unknown databases': {
    breaks: ['usage/unknown'],
    mutate: (platform) => ({
      getDatabaseUsage: (name: string) =>
        onCode(proto.getDatabaseUsage.call(platform, name), 'database_not_found', () => ({
          rowsRead: null,
          rowsWritten: null,
          storageBytes: 0,
        })),
    }),
  },
};
