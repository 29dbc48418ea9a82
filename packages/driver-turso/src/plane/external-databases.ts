import type { ITursoPlatformService, TursoDatabaseInfo } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/*
 * Databases that were created elsewhere and that the platform does not know. Their URL follows from a template, and one
 * token opens all of them, so the token is used for nothing else: only for a URL of the template, and only if the platform
 * does not know the database.
 */

export interface ExternalDatabases {
  /** URL that a database of this name has. Undefined if the name cannot be part of a host name. */
  urlOf(databaseName: string): string | undefined;
  /** Token of all these databases, read each time so that it can be rotated. */
  authToken(): string | Promise<string>;
}

const isUnknown = (error: unknown) =>
  ObjectStackError.isInstance(error, 'database_not_found') ||
  ObjectStackError.isInstance(error, 'not_supported');

/** Mints tokens like the platform, and has the common token for databases that the platform does not know. */
export function externalTokens(
  platform: ITursoPlatformService,
  { authToken }: ExternalDatabases,
): Pick<ITursoPlatformService, 'createToken'> {
  return {
    async createToken(name, scope, expiresInSeconds) {
      try {
        return await platform.createToken(name, scope, expiresInSeconds);
      } catch (error) {
        if (!isUnknown(error)) throw error;
        return { jwt: await authToken() };
      }
    },
  };
}

/** The platform, which also finds databases that were created elsewhere, by requesting them. */
export function withExternalDatabases(
  platform: ITursoPlatformService,
  { urlOf }: ExternalDatabases,
  isServed: (connection: { url: string; databaseName: string }) => Promise<boolean>,
): ITursoPlatformService {
  const getDatabase = async (name: string): Promise<TursoDatabaseInfo | null> => {
    const known = await platform.getDatabase(name);
    const url = known ? undefined : urlOf(name);
    if (url === undefined) return known;
    return (await isServed({ url, databaseName: name })) ? { name, dbId: name, url } : null;
  };
  return new Proxy(platform, {
    get(target, key) {
      if (key === 'getDatabase') return getDatabase;
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
