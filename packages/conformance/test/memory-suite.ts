import type { IDataDriver } from '@objectstack/spec/contracts';
import { type DataDriverSuiteOptions, describeDataDriver } from '../src/data-driver/describe-data-driver.js';
import { collectFailures } from '../src/kit/collect-failures.js';
import { MEMORY_CAPABILITIES } from '../src/reference/memory-capabilities.js';
import { MemoryDatabase } from '../src/reference/memory-database.js';
import { MemoryDriver } from '../src/reference/memory-driver.js';

/** Long enough for a suite that shares its process with forty others on a busy machine. */
const TRANSACTION_TIMEOUT_MS = 2_000;

/** The suite for the reference implementation, or for a driver derived from it. */
export function memorySuite(
  change: (driver: MemoryDriver) => IDataDriver = (driver) => driver,
): DataDriverSuiteOptions {
  const databases = new WeakMap<IDataDriver, MemoryDatabase>();
  const open = (database: MemoryDatabase) => {
    const driver = change(new MemoryDriver({ database, transactionTimeoutMs: TRANSACTION_TIMEOUT_MS }));
    databases.set(driver, database);
    return driver;
  };
  return {
    name: 'in memory',
    supports: MEMORY_CAPABILITIES,
    create: async () => open(new MemoryDatabase()),
    another: async (driver) => open(databases.get(driver) ?? new MemoryDatabase()),
  };
}

/** Ids of the failed requirements. */
export const failuresOf = (
  options: DataDriverSuiteOptions,
  isRun: (id: string) => boolean,
): Promise<string[]> => collectFailures((runner) => describeDataDriver(runner, options), isRun);
