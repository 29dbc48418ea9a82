import type { AtomicOptions, DriverOptions, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import type { DriverCapabilities } from '@objectstack/spec/data';
import { throwIfAborted } from '@objectstack/spec/shared';
import { MEMORY_CAPABILITIES } from '../src/reference/memory-capabilities.js';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import { memoryError } from '../src/reference/memory-error.js';
import type { Methods } from './mutant-tools.js';

/** Capabilities of the reference implementation with SQL statements. */
export const SQL_CAPABILITIES: DriverCapabilities = {
  ...MEMORY_CAPABILITIES,
  rawSql: true,
  migrations: true,
  foreignKeySuspension: true,
  sqlPlaceholders: 'question_mark',
};

const NOTHING = { rows: [], rowsAffected: 0 };

/**
 * SQL statements for the reference implementation, which have no effect and return nothing. With them, requirements of when
 * a statement is rejected apply.
 */
export const rawSqlOf = (driver: MemoryDriver): Methods => ({
  async execute(_sql: string, _args: readonly SqlValue[] = [], { signal }: DriverOptions = {}) {
    if (!driver.isConnected) throw memoryError('not_connected');
    await driver.refresh(signal && { signal });
    return NOTHING;
  },
  async executeAtomic(statements: readonly SqlStatement[], { signal }: AtomicOptions = {}) {
    throwIfAborted(driver.isConnected ? signal : undefined);
    await driver.refresh(signal && { signal });
    return statements.map(() => NOTHING);
  },
});
