import type { DriverOptions, IDataDriver, RecordData } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type Create, isPlainData, type Mutant, rethrow, without } from './mutant-tools.js';

/** Drivers with a fault in writing one record. */
export const WRITE_MUTANTS: Readonly<Record<string, Mutant>> = {
  'twice/update': (driver) => {
    let wasMissing = false;
    return {
      update: async (...args: Parameters<IDataDriver['update']>) => {
        if (wasMissing) throw new Error('Not again.');
        return rethrow(driver.update(...args), (error) => {
          wasMissing = error.code === 'record_not_found';
          return error;
        });
      },
    };
  },
  'concurrently/delete': (driver) => {
    let running = 0;
    return {
      delete: async (...args: Parameters<IDataDriver['delete']>) => {
        try {
          return running++ === 0 ? await driver.delete(...args) : await Promise.reject(new Error('Busy.'));
        } finally {
          running--;
        }
      },
    };
  },
  'create/undefined-is-absent': (driver) => ({
    create: (object: string, data: RecordData, options: DriverOptions) =>
      driver.create(
        object,
        isPlainData(data) ? { ...data, ...('status' in data && { status: data.status ?? null }) } : data,
        options,
      ),
  }),
  'create/default-current-user': (driver) => ({
    create: (object: string, data: RecordData, options: DriverOptions = {}) =>
      driver.create(object, data, object === 'account' ? without(options, 'actor') : options),
  }),
  'create/default-expression': (driver) => ({
    create: (object: string, data: RecordData, options: DriverOptions) =>
      driver.create(
        object,
        isPlainData(data) && object === 'evaluated' ? { due: null, ...data } : data,
        options,
      ),
  }),
  'create/default-without-value': (driver) => ({
    create: (object: string, data: RecordData, options: DriverOptions) =>
      driver.create(
        object,
        isPlainData(data) && object === 'evaluated' ? { no_number: 0, ...data } : data,
        options,
      ),
  }),
  'create/keeps-values-secret': (driver) => ({
    create: (...args: Create) =>
      rethrow(
        driver.create(...args),
        ({ code, message, details }) =>
          new ObjectStackError({ code, message: `${message} ${args[1]?.code ?? ''}`, details }),
      ),
  }),
  'create/system-write': (driver) => ({
    create: (object: string, data: RecordData, options: DriverOptions = {}) =>
      driver.create(object, data, without(options, 'onViolation')),
  }),
  'update/empties': (driver) => ({
    update: (object: string, id: string, data: RecordData, options: DriverOptions) => {
      const given = isPlainData(data)
        ? Object.fromEntries(Object.entries(data).map(([name, value]) => [name, value ?? null]))
        : data;
      return driver.update(object, id, given, options);
    },
  }),
  'upsert/updates': (driver) => ({
    upsert: async (object: string, data: RecordData, keys: string[], options: DriverOptions) => {
      const record = await driver.upsert(object, data, keys, options);
      if (data.id === undefined || data.id === record.id) return record;
      await driver.delete(object, record.id, options);
      return driver.create(object, data, options);
    },
  }),
  'upsert/concurrent': (driver) => ({
    upsert: async (object: string, data: RecordData, keys: string[], options: DriverOptions) => {
      const plainKey = keys?.[0] === 'code' && typeof data.code === 'string';
      if (!plainKey) return driver.upsert(object, data, keys, options);
      const found = await driver.findOne(object, { where: { code: String(data.code) } }, options);
      if (!found) return driver.create(object, data, options);
      return driver.update(object, found.id, without(data, 'id'), options);
    },
  }),
  'delete/answers': (driver) => ({
    delete: async (...args: [string, string, DriverOptions?]) => {
      await driver.delete(...args);
      return true;
    },
  }),
  'delete/set-null': (driver) => ({
    delete: async (object: string, id: string, options: DriverOptions) => {
      if (object === 'account') await driver.deleteMany('contact', { where: { account: id } }, options);
      return driver.delete(object, id, options);
    },
  }),
};
