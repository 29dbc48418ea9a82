import type { DriverOptions } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { type Find, type Mutant, onCode, without } from './mutant-tools.js';

/** Drivers with a fault in reading. */
export const READ_MUTANTS: Readonly<Record<string, Mutant>> = {
  'not-connected/find': (driver) => ({
    find: (...args: Find) => onCode(driver.find(...args), 'not_connected', () => []),
  }),
  'filter/ne': (driver) => ({
    find: async (object: string, query: QueryInput = {}, options: DriverOptions = {}) => {
      const code = query?.where?.code as { $ne?: unknown } | undefined;
      const records = await driver.find(object, query, options);
      return typeof code?.$ne === 'string' ? records.filter((record) => record.code !== null) : records;
    },
  }),
  'filter/contains': (driver) => ({
    find: (object: string, query: QueryInput = {}, options: DriverOptions = {}) => {
      const name = query?.where?.name as { $contains?: unknown } | undefined;
      const isAnyCase = name?.$contains === 'A';
      return driver.find(object, isAnyCase ? { where: { name: { $gte: 'A' } } } : query, options);
    },
  }),
  'query/limit-and-offset': (driver) => ({
    findOne: (object: string, query: QueryInput = {}, options: DriverOptions = {}) =>
      driver.findOne(object, query && without(query, 'limit'), options),
  }),
  'query/explain': (driver) => ({
    explain: async (object: string, query: QueryInput, options: DriverOptions) => {
      const { sql, steps } = await driver.explain(object, query, options);
      return { sql: `${sql} ${JSON.stringify(query)}`, steps };
    },
  }),
  'rows/having': (driver) => ({
    find: (object: string, query: QueryInput = {}, options: DriverOptions = {}) =>
      driver.find(object, query?.groupBy ? without(query, 'having') : query, options),
  }),
  'rows/distinct': (driver) => ({
    find: async (object: string, query: QueryInput = {}, options: DriverOptions = {}) => {
      const rows = await driver.find(object, query, options);
      return query?.distinct ? [...rows, ...rows.slice(-1)] : rows;
    },
  }),
  'expand/list': (driver) => ({
    find: async (object: string, query: QueryInput = {}, options: DriverOptions = {}) => {
      const records = await driver.find(object, query, options);
      if (query?.expand?.partners) for (const { partners } of records) (partners as unknown[]).reverse();
      return records;
    },
  }),
  'stream/abort': (driver) => ({
    async *findStream(object: string, query: QueryInput = {}, options: DriverOptions = {}) {
      let hasBegun = false;
      try {
        for await (const record of driver.findStream(object, query, options)) {
          hasBegun = true;
          yield record;
        }
      } catch (error) {
        if (!hasBegun || !options.signal?.aborted) throw error;
      }
    },
  }),
};
