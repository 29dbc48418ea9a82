import type { IDataDriver } from '@objectstack/spec/contracts';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import { BULK_MUTANTS } from './bulk-mutants.js';
import { changed, type Mutant } from './mutant-tools.js';
import { READ_MUTANTS } from './read-mutants.js';
import { SESSION_MUTANTS } from './session-mutants.js';
import { WRITE_MUTANTS } from './write-mutants.js';

/** Drivers that differ from the reference implementation in one behavior, by the requirement that they violate. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  ...SESSION_MUTANTS,
  ...READ_MUTANTS,
  ...WRITE_MUTANTS,
  ...BULK_MUTANTS,
};

/** The reference implementation with the behavior of one mutant. */
export function mutantOf(name: string): (driver: MemoryDriver) => IDataDriver {
  return (driver) => changed(driver, MUTANTS[name]?.(driver) ?? {});
}
