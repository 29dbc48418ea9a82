import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { TursoConfigInput } from '@objectstack/spec/data';
import { type SqldServer, startSqld, temporaryFolder } from '@objectstack/testing';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';

export interface Transport {
  readonly name: string;
  /** A connected driver on an empty database. */
  readonly open: () => Promise<IDataDriver>;
}

/** A server for the tests of a file. */
export function sharedSqld(): () => SqldServer {
  let server: SqldServer | undefined;
  beforeAll(async () => {
    server = await startSqld();
  });
  afterAll(async () => {
    await server?.stop();
  });
  return () => {
    if (!server) throw new Error('The server has not started.');
    return server;
  };
}

async function connect(driver: IDataDriver): Promise<IDataDriver> {
  await driver.connect();
  onTestFinished(() => driver.disconnect());
  return driver;
}

/** Every kind of database that the driver knows. */
export function transports(server: () => SqldServer): Transport[] {
  return [
    {
      name: 'a file',
      open: async () => {
        const path = join(await temporaryFolder(), 'tenant.db');
        await writeFile(path, '');
        return connect(createTursoDriver({ url: pathToFileURL(path).href }));
      },
    },
    { name: 'memory', open: () => connect(createTursoDriver({ url: ':memory:' })) },
    {
      name: 'a server',
      open: async () => {
        const { url, token } = await server().createDatabase();
        return connect(createTursoDriver({ url }, { authToken: token }));
      },
    },
  ];
}

export interface SharedDatabase {
  readonly name: string;
  /** Opens another connected driver on an empty database, the same one at each call of what is returned. */
  readonly create: () => Promise<(config?: Omit<TursoConfigInput, 'url'>) => Promise<IDataDriver>>;
}

/** Every kind of database that several drivers can use at once. */
export function sharedDatabases(server: () => SqldServer): SharedDatabase[] {
  return [
    {
      name: 'a file',
      create: async () => {
        const path = join(await temporaryFolder(), 'tenant.db');
        await writeFile(path, '');
        return (config = {}) => connect(createTursoDriver({ url: pathToFileURL(path).href, ...config }));
      },
    },
    {
      name: 'a server',
      create: async () => {
        const { url, token } = await server().createDatabase();
        return (config = {}) => connect(createTursoDriver({ url, ...config }, { authToken: token }));
      },
    },
  ];
}
