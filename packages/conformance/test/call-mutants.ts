import { ObjectStackError } from '@objectstack/spec/shared';
import { DATA_DRIVER_REQUIREMENTS } from '../src/data-driver/describe-data-driver.js';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import { changed, type Methods, type Mutant } from './mutant-tools.js';
import { rawSqlOf } from './with-raw-sql.js';

type AnyMethod = (...args: readonly unknown[]) => unknown;

const busy = () => new ObjectStackError({ code: 'database_busy', message: 'The database is busy.' });

/** One method with another implementation, which is given the original one; a stream is read to its end. */
const replacing =
  (name: string, change: (original: AnyMethod, driver: MemoryDriver) => AnyMethod): Mutant =>
  (driver) => {
    const whole = changed(driver, rawSqlOf(driver));
    const original: AnyMethod = (...args) => (Reflect.get(whole, name) as AnyMethod)(...args);
    const read: AnyMethod = async (...args) => {
      const records: unknown[] = [];
      for await (const record of original(...args) as AsyncIterable<unknown>) records.push(record);
      return records;
    };
    const run = change(name === 'findStream' ? read : original, driver);
    async function* stream(...args: readonly unknown[]) {
      yield* ((await run(...args)) ?? []) as unknown[];
    }
    return { [name]: name === 'findStream' ? stream : async (...args: unknown[]) => run(...args) } as Methods;
  };

/** Faults of any method, by the group of the requirements that they violate. */
const FAULTS: Readonly<Record<string, (name: string) => Mutant>> = {
  'not-connected': (name) =>
    replacing(
      name,
      (original, driver) =>
        (...args) =>
          driver.isConnected ? original(...args) : undefined,
    ),
  twice: (name) =>
    replacing(name, (original) => {
      let calls = 0;
      return (...args) => {
        if (++calls > 1) throw busy();
        return original(...args);
      };
    }),
  concurrently: (name) =>
    replacing(name, (original) => {
      let running = 0;
      return async (...args) => {
        try {
          if (++running > 1) throw busy();
          return await original(...args);
        } finally {
          running--;
        }
      };
    }),
};

/** Drivers with a method that has such a fault, by the requirement that they violate. */
export const CALL_MUTANTS: Readonly<Record<string, Mutant>> = Object.fromEntries(
  Object.keys(DATA_DRIVER_REQUIREMENTS).flatMap((id) => {
    const [, group = '', method = ''] = id.split('/');
    const fault = FAULTS[group];
    return fault ? [[`${group}/${method}`, fault(method)] as const] : [];
  }),
);
