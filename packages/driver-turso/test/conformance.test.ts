import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type DataDriverSuiteOptions, describeDataDriver } from '@objectstack/conformance';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { TURSO_CAPABILITIES } from '../src/driver/turso-capabilities.js';
import { sampledCases } from './sampled-cases.js';
import { sharedSqld } from './transports.js';

const server = sharedSqld();
const SETTINGS = { transactionTimeoutMs: 2_000, busyTimeoutMs: 30_000 };

/** A suite in which every driver remembers how to open its database once more. */
function suite(
  name: string,
  place: () => Promise<() => IDataDriver>,
  { isShared, lockBudgetMs }: { isShared: boolean; lockBudgetMs: number | null },
): DataDriverSuiteOptions {
  const openers = new WeakMap<IDataDriver, () => IDataDriver>();
  return {
    name,
    supports: { ...TURSO_CAPABILITIES, lockBudgetMs },
    create: async () => {
      const open = await place();
      const driver = open();
      openers.set(driver, open);
      return driver;
    },
    ...(isShared && {
      another: async (driver: IDataDriver) => {
        const open = openers.get(driver);
        if (!open) throw new Error('The driver is not of this suite.');
        return open();
      },
    }),
  };
}

const SUITES: DataDriverSuiteOptions[] = [
  suite(
    'on a file',
    async () => {
      const path = join(await temporaryFolder(), 'tenant.db');
      await writeFile(path, '');
      return () => createTursoDriver({ url: pathToFileURL(path).href, ...SETTINGS });
    },
    { isShared: true, lockBudgetMs: null },
  ),
  suite('in memory', async () => () => createTursoDriver({ url: ':memory:', ...SETTINGS }), {
    isShared: false,
    lockBudgetMs: null,
  }),
  suite(
    'on a server',
    async () => {
      const { url, token } = await server().createDatabase();
      return () => createTursoDriver({ url, ...SETTINGS }, { authToken: token });
    },
    { isShared: true, lockBudgetMs: 5_000 },
  ),
];

for (const options of SUITES) {
  const isWhole = options.name === 'in memory';
  describeDataDriver(isWhole ? { describe, it } : sampledCases({ describe, it }), options);
}
