import type { DriverOptions, RecordData } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Mutant } from './mutant-tools.js';

/** Drivers with a fault in writing several records. */
export const BULK_MUTANTS: Readonly<Record<string, Mutant>> = {
  'bulk/create-in-order': (driver) => ({
    bulkCreate: async (...args: [string, RecordData[], DriverOptions?]) => {
      const made = await driver.bulkCreate(...args);
      return made.sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
    },
  }),
  'bulk/create-forward-references': (driver) => ({
    bulkCreate: async (object: string, data: RecordData[], options?: DriverOptions) => {
      const isLater = (id: unknown, index: number) => data.slice(index + 1).some((one) => one?.id === id);
      if (Array.isArray(data) && data.some((one, index) => one?.parent && isLater(one.parent, index)))
        throw new ObjectStackError({ code: 'foreign_key_violation', message: 'The record is missing.' });
      return driver.bulkCreate(object, data, options);
    },
  }),
  'many/empty-or': (driver) => ({
    deleteMany: (object: string, query: { where: Filter }, options: DriverOptions) => {
      const isEmptyOr = Array.isArray(query?.where?.$or) && query.where.$or.length === 0;
      return driver.deleteMany(object, isEmptyOr ? { where: {} } : query, options);
    },
  }),
};
