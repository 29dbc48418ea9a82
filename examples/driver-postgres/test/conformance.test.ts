import { describeDataDriver } from '@objectstack/conformance';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { IS_EXHAUSTIVE, sampledCases, sharedPostgres } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { POSTGRES_CAPABILITIES, PostgresDriver } from '../src/index.js';

/** Where the queries are the same as in every run, and slower than in memory. */
const FEW_SEQUENCES = 3;

const postgres = sharedPostgres();
const connectionStrings = new WeakMap<IDataDriver, string>();

const open = (connectionString: string, settings: object = {}): IDataDriver => {
  const driver = new PostgresDriver({ connectionString, ...settings });
  connectionStrings.set(driver, connectionString);
  return driver;
};

describeDataDriver(sampledCases({ describe, it }, 'postgres'), {
  name: 'on PostgreSQL',
  supports: POSTGRES_CAPABILITIES,
  ...(!IS_EXHAUSTIVE && { randomSequences: FEW_SEQUENCES }),
  create: async (settings) => open(await postgres.createSchema(), settings),
  another: async (driver) => open(connectionStrings.get(driver) ?? ''),
  damaged: async () => {
    const connectionString = await postgres.createSchema();
    await postgres.run(
      connectionString,
      `CREATE TABLE "_os_object" ("name" TEXT PRIMARY KEY, "version" INTEGER, "definition" TEXT);
         INSERT INTO "_os_object" VALUES ('account', 1, '{}')`,
    );
    return open(connectionString);
  },
});
