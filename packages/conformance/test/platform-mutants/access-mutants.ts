import { type MemoryPlatform, refuse } from '../../src/reference/memory-platform.js';
import { ignoringAborts, onCode, type PlatformMutant, proto } from './platform-mutant.js';

/** Mistakes in blocking reads and writes. */
export const ACCESS_MUTANTS: Readonly<Record<string, PlatformMutant>> = {
  'returns the latest text first': {
    breaks: [
      'access/permits',
      'create/empty',
      'point-in-time/earlier',
      'seed/independent',
      'seed/latest',
      'size/on-create',
    ],
    mutate: (platform) => ({
      access: (name: string, token: string) => {
        const database = proto.access.call(platform, name, token);
        return { ...database, read: async () => (await database.read()).toReversed() };
      },
    }),
  },
  'blocks although aborted': { breaks: ['access/aborted'], mutate: ignoringAborts('setDatabaseAccess') },
  'never blocks reads': {
    breaks: ['access/all'],
    mutate: (platform) => ({
      access: (name: string, token: string) => {
        const database = proto.access.call(platform, name, token);
        return { ...database, read: () => onCode(database.read(), 'database_blocked', () => []) };
      },
    }),
  },
  'blocks reads with writes': {
    breaks: ['access/writes', 'revoke/keeps-data'],
    mutate: (platform) => ({
      access: (name: string, token: string) => {
        const database = proto.access.call(platform, name, token);
        const read = async () => {
          const texts = await database.read();
          if (platform.find(name).blocks.blockWrites) throw refuse('database_blocked');
          return texts;
        };
        return { ...database, read };
      },
    }),
  },
  'deletes blocked data': {
    breaks: ['access/permits'],
    mutate: (platform) => ({
      setDatabaseAccess: async (
        name: string,
        blocks: { blockReads: boolean; blockWrites: boolean },
        options = {},
      ) => {
        await proto.setDatabaseAccess.call(platform, name, blocks, options);
        if (!blocks.blockWrites && platform.databases.get(name)?.texts.length === 1)
          platform.find(name).texts.splice(0);
      },
    }),
  },
  'does not report blocks': {
    breaks: ['access/reported'],
    mutate: (platform) => ({
      info: (name: string) => ({
        ...proto.info.call(platform, name),
        blockReads: undefined,
        blockWrites: undefined,
      }),
    }),
  },
  'blocks only once': {
    breaks: ['access/repeated'],
    mutate: (platform) => ({
      setDatabaseAccess: async (
        name: string,
        blocks: { blockReads: boolean; blockWrites: boolean },
        options = {},
      ) => {
        const before = platform.databases.get(name)?.blocks;
        if (before?.blockReads && blocks.blockReads) throw refuse('invalid_state');
        return proto.setDatabaseAccess.call(platform, name, blocks, options);
      },
    }),
  },
  'blocks all databases': {
    breaks: ['access/others'],
    mutate: (platform) => ({
      setDatabaseAccess: async (
        name: string,
        blocks: { blockReads: boolean; blockWrites: boolean },
        options = {},
      ) => {
        await proto.setDatabaseAccess.call(platform, name, blocks, options);
        for (const database of platform.databases.values()) database.blocks = blocks;
      },
    }),
  },
  'blocks unknown databases': {
    breaks: ['access/unknown'],
    mutate: (platform) => ({
      setDatabaseAccess: (...args: Parameters<MemoryPlatform['setDatabaseAccess']>) =>
        onCode(proto.setDatabaseAccess.apply(platform, args), 'database_not_found', () => undefined),
    }),
  },
};
