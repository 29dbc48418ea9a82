import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DataDriverSuiteOptions } from '../src/data-driver/describe-data-driver.js';
import { MemoryDatabase } from '../src/reference/memory-database.js';
import { MEMORY_CAPABILITIES, MemoryDriver } from '../src/reference/memory-driver.js';

const TRANSACTION_TIMEOUT_MS = 600;

/** The suite for the reference, or for a driver made of it. */
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
