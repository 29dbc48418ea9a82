import { defaultFromExpression } from '@objectstack/expressions';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { type DataDriverSuiteOptions, describeDataDriver } from '../src/data-driver/describe-data-driver.js';
import type { DriverSettings } from '../src/data-driver/driver-trial.js';
import { collectFailures } from '../src/kit/collect-failures.js';
import { MEMORY_CAPABILITIES } from '../src/reference/memory-capabilities.js';
import { MemoryDatabase } from '../src/reference/memory-database.js';
import { MemoryDriver } from '../src/reference/memory-driver.js';

/** The suite for the reference implementation, or for a driver derived from it. */
export function memorySuite(
  change: (driver: MemoryDriver) => IDataDriver = (driver) => driver,
  supports = MEMORY_CAPABILITIES,
): DataDriverSuiteOptions {
  const databases = new WeakMap<IDataDriver, MemoryDatabase>();
  const open = (database: MemoryDatabase, settings: DriverSettings = {}) => {
    const driver = change(new MemoryDriver({ database, evaluate: defaultFromExpression, ...settings }));
    databases.set(driver, database);
    return driver;
  };
  return {
    name: 'in memory',
    supports,
    create: async (settings) => open(new MemoryDatabase(supports), settings),
    another: async (driver) => open(databases.get(driver) ?? new MemoryDatabase(supports)),
    damaged: async () => open(new MemoryDatabase(supports, { isDamaged: true })),
  };
}

/** Ids of the failed requirements. */
export const failuresOf = (
  options: DataDriverSuiteOptions,
  isRun: (id: string) => boolean,
): Promise<string[]> => collectFailures((runner) => describeDataDriver(runner, options), isRun);
