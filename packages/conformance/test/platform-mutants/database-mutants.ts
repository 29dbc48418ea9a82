import { refuse } from '../../src/reference/memory-platform.js';
import { ignoringAborts, onCode, type PlatformMutant, proto } from './platform-mutant.js';

/** Mistakes in reading, listing, deleting and purging databases. */
export const DATABASE_MUTANTS: Readonly<Record<string, PlatformMutant>> = {
  'deletes although aborted': { breaks: ['delete/aborted'], mutate: ignoringAborts('deleteDatabase') },
  'lists only the first page': {
    breaks: ['list/all'],
    mutate: (platform) => ({
      listDatabases: async (group?: string) => (await proto.listDatabases.call(platform, group)).slice(0, 10),
    }),
  },
  'lists in the order of creation': {
    breaks: ['list/all'],
    mutate: (platform) => ({
      listDatabases: async (group?: string) =>
        (await proto.listDatabases.call(platform, group)).toSorted(
          (one, other) => Number(one.dbId.slice(3)) - Number(other.dbId.slice(3)),
        ),
    }),
  },
  'ignores the group': {
    breaks: ['list/group'],
    mutate: (platform) => ({ listDatabases: () => proto.listDatabases.call(platform) }),
  },
  'lists deleted databases': {
    breaks: ['delete/gone'],
    mutate: (platform) => ({
      deleteDatabase: async (name: string, options = {}) => {
        const database = platform.databases.get(name);
        const info = database && !database.isDeleted ? platform.info(name) : undefined;
        await proto.deleteDatabase.call(platform, name, options);
        if (!info || database?.texts.join() !== 'a') return;
        const list = proto.listDatabases.bind(platform);
        platform.listDatabases = async (group) => [...(await list(group)), info];
      },
    }),
  },
  'leaves a deleted database accessible': {
    breaks: ['delete/gone'],
    mutate: (platform) => ({
      access: (name: string, token: string) => {
        const database = proto.access.call(platform, name, token);
        return { ...database, read: () => onCode(database.read(), 'database_not_found', () => []) };
      },
    }),
  },
  'rejects a second deletion': {
    breaks: ['delete/repeated', 'delete/unknown'],
    mutate: (platform) => ({
      deleteDatabase: async (name: string, options = {}) => {
        platform.begin(name, options);
        const isGone = platform.databases.get(name)?.isDeleted ?? true;
        const isCleanUp = new Error().stack?.includes('cleanUp') === true;
        if (isGone && !isCleanUp) throw refuse('database_not_found');
        return proto.deleteDatabase.call(platform, name, options);
      },
    }),
  },
  'deletes other databases too': {
    breaks: ['delete/others'],
    mutate: (platform) => ({
      deleteDatabase: async (name: string, options = {}) => {
        await proto.deleteDatabase.call(platform, name, options);
        for (const database of platform.databases.values())
          if (database.texts.includes('other')) database.isDeleted = true;
      },
    }),
  },
  'purges live databases': {
    breaks: ['delete/purge-live'],
    mutate: (platform) => ({
      purgeDatabase: async (name: string, options = {}) => {
        platform.begin(name, options);
        platform.databases.delete(name);
      },
    }),
  },
  'purges when it deletes': {
    breaks: ['delete/retains'],
    mutate: (platform) => ({
      deleteDatabase: async (name: string, options = {}) => {
        platform.begin(name, options);
        platform.databases.delete(name);
      },
    }),
  },
};
