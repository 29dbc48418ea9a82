import type { DataRecord, DriverOptions, RecordData } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { type Mutant, onCode, without } from './mutant-tools.js';

/** Drivers with a fault in writing several records. */
export const BULK_MUTANTS: Readonly<Record<string, Mutant>> = {
  'arguments/bulkDelete': (driver) => ({
    bulkDelete: (object: string, ids: readonly string[], options: DriverOptions) =>
      driver.bulkDelete(
        object,
        Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : ids,
        options,
      ),
  }),
  'bulk/create-in-order': (driver) => ({
    bulkCreate: async (...args: [string, RecordData[], DriverOptions?]) => {
      const made = await driver.bulkCreate(...args);
      return made.sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
    },
  }),
  'bulk/create-all-or-none': (driver) => ({
    bulkCreate: (object: string, data: RecordData[], options: DriverOptions) =>
      onCode(driver.bulkCreate(object, data, options), 'unique_violation', async () => {
        const made: DataRecord[] = [];
        for (const item of data) made.push(await driver.create(object, item, options));
        return made;
      }),
  }),
  'bulk/update-all-or-none': (driver) => ({
    bulkUpdate: (object: string, updates: { id: string; data: RecordData }[], options: DriverOptions) =>
      onCode(driver.bulkUpdate(object, updates, options), 'record_not_found', () =>
        driver.bulkUpdate(object, updates.slice(0, 1), options),
      ),
  }),
  'many/update-mistakes': (driver) => ({
    updateMany: (object: string, query: { where: Filter }, data: RecordData, options: DriverOptions) =>
      driver.updateMany(object, query && without(query, 'limit'), data, options),
  }),
  'many/empty-or': (driver) => ({
    deleteMany: (object: string, query: { where: Filter }, options: DriverOptions) => {
      const isEmptyOr = Array.isArray(query?.where?.$or) && query.where.$or.length === 0;
      return driver.deleteMany(object, isEmptyOr ? { where: {} } : query, options);
    },
  }),
  'many/delete-mistakes': (driver) => ({
    deleteMany: (object: string, query: { where: Filter }, options: DriverOptions) =>
      onCode(driver.deleteMany(object, query, options), 'invalid_filter', () =>
        driver.deleteMany(object, { where: {} }, options),
      ),
  }),
};
