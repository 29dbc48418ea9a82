import type { CreateDatabaseRequest } from '@objectstack/spec/contracts';
import { refuse } from '../../src/reference/memory-platform.js';
import { create, ignoringAborts, onCode, type PlatformMutant, proto } from './platform-mutant.js';

/** Mistakes in creating and copying databases. */
export const CREATE_MUTANTS: Readonly<Record<string, PlatformMutant>> = {
  'returns an undocumented property': {
    breaks: ['create/answers'],
    mutate: create(async (platform, request, options) => ({
      ...(await proto.createDatabase.call(platform, request, options)),
      other: 1,
    })),
  },
  'lists another id': {
    breaks: ['create/found'],
    mutate: (platform) => ({
      listDatabases: async (group?: string) =>
        (await proto.listDatabases.call(platform, group)).map((info) => ({ ...info, dbId: 'other' })),
    }),
  },
  'uses the tenant as the name of its database': {
    breaks: ['create/for-tenant'],
    mutate: create((platform, { tenantId, ...request }, options) =>
      proto.createDatabase.call(platform, { ...request, name: tenantId ?? request.name }, options),
    ),
  },
  'adopts an existing database': {
    breaks: ['create/concurrent', 'create/exists', 'delete/retains', 'seed/exists'],
    mutate: create((platform, request, options) =>
      onCode(proto.createDatabase.call(platform, request, options), 'database_exists', () => ({
        name: request.name,
        dbId: 'x',
        url: 'libsql://x',
      })),
    ),
  },
  'creates with any name': {
    breaks: ['create/invalid-name'],
    mutate: (platform) => ({
      getDatabase: (name: string) =>
        onCode(proto.getDatabase.call(platform, name), 'invalid_request', () => null),
    }),
  },
  'writes to all databases': {
    breaks: ['create/separate', 'point-in-time/earlier', 'seed/exists', 'seed/independent'],
    mutate: (platform) => ({
      access: (name: string, token: string) => {
        const database = proto.access.call(platform, name, token);
        const write = async (text: string) => {
          await database.write(text);
          const others = [...platform.databases].filter(([other]) => other !== name);
          for (const [, { texts }] of others) texts.push(text);
        };
        return { ...database, write };
      },
    }),
  },
  'creates although aborted': { breaks: ['create/aborted'], mutate: ignoringAborts('createDatabase') },
  'creates an empty database instead of a copy': {
    breaks: ['point-in-time/earlier', 'seed/copy', 'seed/independent', 'seed/latest'],
    mutate: create(async (platform, request, options) => {
      const info = await proto.createDatabase.call(platform, request, options);
      if (request.seed) platform.databases.get(info.name)?.texts.splice(0);
      return info;
    }),
  },
  'copies only once': {
    breaks: ['seed/latest'],
    mutate: (platform) => {
      const copies = new Map<string, readonly string[]>();
      return {
        createDatabase: async (request: CreateDatabaseRequest, options = {}) => {
          const info = await proto.createDatabase.call(platform, request, options);
          const texts = platform.databases.get(info.name)?.texts;
          if (!request.seed || !texts) return info;
          const first = copies.get(request.seed.name) ?? [...texts];
          copies.set(request.seed.name, first);
          texts.splice(0, texts.length, ...first);
          return info;
        },
      };
    },
  },
  'shares the data of a copy': {
    breaks: ['seed/independent'],
    mutate: create(async (platform, request, options) => {
      const info = await proto.createDatabase.call(platform, request, options);
      const [copy, seed] = [info.name, request.seed?.name ?? ''].map((name) => platform.databases.get(name));
      if (copy && seed?.texts.includes('both')) Object.assign(copy, { texts: seed.texts });
      return info;
    }),
  },
  'refuses to copy an empty database': {
    breaks: ['seed/empty'],
    mutate: create((platform, request, options) => {
      if (request.seed && platform.databases.get(request.seed.name)?.texts.length === 0)
        throw refuse('database_not_found');
      return proto.createDatabase.call(platform, request, options);
    }),
  },
  'creates an empty database if the template is missing': {
    breaks: ['seed/missing'],
    mutate: create((platform, { seed, ...request }, options) =>
      proto.createDatabase.call(
        platform,
        seed && platform.databases.has(seed.name) ? { ...request, seed } : request,
        options,
      ),
    ),
  },
  'replaces a database by a copy': {
    breaks: ['seed/exists'],
    mutate: create((platform, request, options) => {
      if (request.seed) platform.databases.delete(request.name);
      return proto.createDatabase.call(platform, request, options);
    }),
  },
  'rejects an unknown name instead of returning null': {
    breaks: [
      'create/invalid-name',
      'delete/gone',
      'delete/purge-repeated',
      'delete/repeated',
      'delete/unknown',
      'list/unknown',
      'point-in-time/future',
      'point-in-time/past',
      'size/invalid',
    ],
    mutate: (platform) => ({
      getDatabase: async (name: string) => {
        if (!platform.databases.has(name) || platform.databases.get(name)?.isDeleted)
          throw refuse('database_not_found');
        return platform.info(name);
      },
    }),
  },
};
