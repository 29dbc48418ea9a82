import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeSchemaDiffService, type SchemaDiffSuiteOptions } from '@objectstack/conformance';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { sampledCases, temporaryFolder } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../src/migration/schema-diff-service.js';
import { KNOWN_FAILURES } from './known-failures.js';
import { sharedSqld } from './transports.js';

const server = sharedSqld();

async function connect(driver: IDataDriver): Promise<IDataDriver> {
  await driver.connect();
  return driver;
}

/** A suite in which every driver remembers how to open its database once more. */
function suite(
  name: string,
  place: () => Promise<() => IDataDriver>,
  isShared: boolean,
): SchemaDiffSuiteOptions {
  const openers = new WeakMap<IDataDriver, () => IDataDriver>();
  return {
    name,
    knownFailures: KNOWN_FAILURES,
    create: async () => {
      const open = await place();
      const driver = await connect(open());
      openers.set(driver, open);
      return { service: createSqliteSchemaDiff(), driver, destroy: () => driver.disconnect() };
    },
    ...(isShared && {
      another: (driver: IDataDriver) => {
        const open = openers.get(driver);
        if (!open) throw new Error('The driver is not of this suite.');
        return connect(open());
      },
    }),
  };
}

const SUITES = [
  suite(
    'on a file',
    async () => {
      const path = join(await temporaryFolder(), 'tenant.db');
      await writeFile(path, '');
      return () => createTursoDriver({ url: pathToFileURL(path).href, busyTimeoutMs: 30_000 });
    },
    true,
  ),
  suite('in memory', async () => () => createTursoDriver({ url: ':memory:' }), false),
  suite(
    'on a server',
    async () => {
      const { url, token } = await server().createDatabase();
      return () => createTursoDriver({ url, busyTimeoutMs: 30_000 }, { authToken: token });
    },
    true,
  ),
];

for (const options of SUITES) {
  const isWhole = options.name === 'in memory';
  const place = options.name === 'on a server' ? 'server' : 'file';
  describeSchemaDiffService(isWhole ? { describe, it } : sampledCases({ describe, it }, place), options);
}
