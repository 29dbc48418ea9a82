import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type DataDriverSuiteOptions,
  type DriverSettings,
  describeDataDriver,
} from '@objectstack/conformance';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { IS_EXHAUSTIVE, sampledCases, temporaryFolder } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { TURSO_CAPABILITIES } from '../src/driver/turso-capabilities.js';
import { sharedSqld } from './transports.js';

const server = sharedSqld();
const SETTINGS = { busyTimeoutMs: 30_000 };

type Open = (settings: DriverSettings) => IDataDriver;

/** Where the statements are the same as in memory, and slower. */
const FEW_SEQUENCES = 3;
const SEQUENCES_IN_MEMORY = 8;

interface Facts {
  readonly isShared: boolean;
  readonly lockBudgetMs: number | null;
  readonly isWhole?: boolean;
}

/** A suite in which every driver remembers how to open its database once more. */
function suite(
  name: string,
  place: () => Promise<Open>,
  { isShared, lockBudgetMs, isWhole = false }: Facts,
): DataDriverSuiteOptions {
  const openers = new WeakMap<IDataDriver, Open>();
  return {
    name,
    supports: { ...TURSO_CAPABILITIES, lockBudgetMs },
    ...(!IS_EXHAUSTIVE && { randomSequences: isWhole ? SEQUENCES_IN_MEMORY : FEW_SEQUENCES }),
    create: async (settings) => {
      const open = await place();
      const driver = open(settings);
      openers.set(driver, open);
      return driver;
    },
    ...(isShared && {
      another: async (driver: IDataDriver) => {
        const open = openers.get(driver);
        if (!open) throw new Error('The driver is not of this suite.');
        return open({});
      },
    }),
  };
}

/** A file with this content. */
async function fileWith(content: string): Promise<string> {
  const path = join(await temporaryFolder(), 'tenant.db');
  await writeFile(path, content);
  return pathToFileURL(path).href;
}

const SUITES: DataDriverSuiteOptions[] = [
  {
    ...suite(
      'on a file',
      async () => {
        const url = await fileWith('');
        return (settings) => createTursoDriver({ url, ...SETTINGS, ...settings });
      },
      { isShared: true, lockBudgetMs: null },
    ),
    damaged: async () => createTursoDriver({ url: await fileWith('This is not a database. '.repeat(500)) }),
  },
  suite(
    'in memory',
    async () => (settings) => createTursoDriver({ url: ':memory:', ...SETTINGS, ...settings }),
    { isShared: false, lockBudgetMs: null, isWhole: true },
  ),
  suite(
    'on a server',
    async () => {
      const { url, token } = await server().createDatabase();
      return (settings) => createTursoDriver({ url, ...SETTINGS, ...settings }, { authToken: token });
    },
    { isShared: true, lockBudgetMs: 5_000 },
  ),
];

for (const options of SUITES) {
  const isWhole = options.name === 'in memory';
  const place = options.name === 'on a server' ? 'server' : 'file';
  describeDataDriver(isWhole ? { describe, it } : sampledCases({ describe, it }, place), options);
}
