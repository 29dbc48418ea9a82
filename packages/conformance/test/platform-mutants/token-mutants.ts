import { type MemoryPlatform, refuse } from '../../src/reference/memory-platform.js';
import { ignoringAborts, onCode, type PlatformMutant, proto } from './platform-mutant.js';

/** Mistakes in tokens and their revocation. */
export const TOKEN_MUTANTS: Readonly<Record<string, PlatformMutant>> = {
  'permits writes only with the first token': {
    breaks: ['revoke/all', 'token/full'],
    mutate: (platform) => ({
      assertToken: (name: string, jwt: string | undefined, use: 'read' | 'write') => {
        proto.assertToken.call(platform, name, jwt, use);
        const [first] = [...platform.tokens].find(([, token]) => token.name === name) ?? [];
        const isBlocked = platform.databases.get(name)?.blocks.blockWrites === true;
        if (use === 'write' && jwt !== first && !isBlocked) throw refuse('unauthorized');
      },
    }),
  },
  'revokes although aborted': { breaks: ['revoke/aborted'], mutate: ignoringAborts('revokeToken') },
  'accepts every token for writing': {
    breaks: ['token/read-only'],
    mutate: (platform) => ({
      assertToken: (name: string, jwt: string) => proto.assertToken.call(platform, name, jwt, 'read'),
    }),
  },
  'needs no token': {
    breaks: ['token/none'],
    mutate: (platform) => ({
      assertToken: (name: string, jwt: string | undefined, use: 'read') =>
        jwt === undefined || proto.assertToken.call(platform, name, jwt, use),
    }),
  },
  'has tokens for all databases': {
    breaks: ['token/other'],
    mutate: (platform) => ({
      assertToken: (name: string, jwt: string | undefined, use: 'read') => {
        const token = platform.tokens.get(jwt ?? '');
        proto.assertToken.call(platform, token?.name ?? name, jwt, use);
      },
    }),
  },
  'revokes a token with the next one': {
    breaks: ['token/additional'],
    mutate: (platform) => ({
      createToken: async (name: string, scope: 'read-only', seconds?: number) => {
        if (scope === 'read-only' && platform.databases.get(name)?.texts.length === 0 && seconds)
          platform.find(name).key++;
        return proto.createToken.call(platform, name, scope, seconds);
      },
      revokeToken: async (name: string, options = {}) => {
        await proto.revokeToken.call(platform, name, options);
        return { revoked: 'all_tokens_of_database' };
      },
    }),
  },
  'does not report when a token expires': {
    breaks: ['token/lifetime'],
    mutate: (platform) => ({
      createToken: async (...args: Parameters<MemoryPlatform['createToken']>) => ({
        jwt: (await proto.createToken.apply(platform, args)).jwt,
      }),
    }),
  },
  'has tokens that never expire': {
    breaks: ['token/expired'],
    mutate: (platform) => ({
      createToken: async (name: string, scope: 'read-only', seconds?: number) =>
        proto.createToken.call(platform, name, scope, seconds === 1 ? 1_000 : seconds),
    }),
  },
  'accepts any lifetime': {
    breaks: ['token/invalid-lifetime'],
    mutate: (platform) => ({
      createToken: (name: string, scope: 'read-only', seconds?: number) =>
        onCode(proto.createToken.call(platform, name, scope, seconds), 'invalid_request', () =>
          proto.createToken.call(platform, name, scope),
        ),
    }),
  },
  'creates tokens for unknown databases': {
    breaks: ['token/unknown'],
    mutate: (platform) => ({
      createToken: (...args: Parameters<MemoryPlatform['createToken']>) =>
        onCode(proto.createToken.apply(platform, args), 'database_not_found', () => ({ jwt: 'x' })),
    }),
  },
  'revokes nothing': {
    breaks: ['revoke/all'],
    mutate: (platform) => ({
      revokeToken: async (name: string, options = {}) => {
        platform.begin(name, options);
        platform.find(name);
        return { revoked: 'all_tokens_of_database' };
      },
    }),
  },
  'removes blocks when it revokes': {
    breaks: ['revoke/keeps-data'],
    mutate: (platform) => ({
      revokeToken: async (name: string, options = {}) => {
        const result = await proto.revokeToken.call(platform, name, options);
        platform.find(name).blocks = { blockReads: false, blockWrites: false };
        return result;
      },
    }),
  },
  'revokes the tokens of all databases': {
    breaks: ['revoke/others'],
    mutate: (platform) => ({
      revokeToken: async (name: string, options = {}) => {
        const result = await proto.revokeToken.call(platform, name, options);
        for (const database of platform.databases.values()) database.key++;
        return result;
      },
    }),
  },
  'revokes only once': {
    breaks: ['revoke/repeated'],
    mutate: (platform) => ({
      revokeToken: async (name: string, options = {}) => {
        if (platform.databases.get(name)?.key === 1) throw refuse('invalid_state');
        return proto.revokeToken.call(platform, name, options);
      },
    }),
  },
  'revokes tokens of unknown databases': {
    breaks: ['revoke/unknown'],
    mutate: (platform) => ({
      revokeToken: (...args: Parameters<MemoryPlatform['revokeToken']>) =>
        onCode(proto.revokeToken.apply(platform, args), 'database_not_found', () => ({
          revoked: 'all_tokens_of_database' as const,
        })),
    }),
  },
};
