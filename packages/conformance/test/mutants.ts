import type {
  DataRecord,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  RecordData,
} from '@objectstack/spec/contracts';
import { type Filter, type QueryInput, toDay } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import { changed, isPlainData, type Methods, onCode, rethrow, withDetails, without } from './mutant-tools.js';

type Mutant = (driver: MemoryDriver) => Methods;
type Create = [object: string, data: RecordData, options?: DriverOptions];
type Find = [object: string, query?: QueryInput, options?: DriverOptions];

/** Drivers that differ from the reference implementation in one behavior, by the requirement that they violate. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'lifecycle/connect-repeats': (driver) => {
    let times = 0;
    return {
      connect: async () => {
        if (++times > 1) throw new Error('It is connected.');
        await driver.connect();
      },
    };
  },
  'lifecycle/health': () => ({ checkHealth: async () => true }),
  'lifecycle/rolls-back-on-disconnect': (driver) => {
    const open: DriverTransaction[] = [];
    return {
      beginTransaction: async (...args: Parameters<IDataDriver['beginTransaction']>) => {
        const transaction = await driver.beginTransaction(...args);
        open.push(transaction);
        return transaction;
      },
      disconnect: async () => {
        for (const transaction of open.splice(0)) await driver.commit(transaction).catch(() => undefined);
        await driver.disconnect();
      },
    };
  },
  'not-connected/find': (driver) => ({
    find: (...args: Find) => onCode(driver.find(...args), 'not_connected', () => []),
  }),
  'aborted/find': (driver) => ({
    find: (object: string, query: QueryInput, options: DriverOptions = {}) =>
      driver.find(object, query, options.signal?.aborted ? without(options, 'signal') : options),
  }),
  'aborted-while-waiting/update': (driver) => ({
    update: (object: string, id: string, data: RecordData, options: DriverOptions = {}) =>
      driver.update(object, id, data, options.signal?.aborted ? options : without(options, 'signal')),
  }),
  'several-drivers/metadata-version': (driver) => ({
    create: (...[object, data, options]: Create) =>
      onCode(driver.create(object, data, options), 'validation_failed', () =>
        object === 'folder' && data.name === 'long' && Object.keys(data).length === 2
          ? driver.create(object, { ...data, name: 'lon' }, options)
          : driver.create(object, data, options),
      ),
    update: (...[object, id, data, options]: Parameters<IDataDriver['update']>) =>
      onCode(driver.update(object, id, data, options), 'validation_failed', () =>
        driver.update(object, id, data.name === 'longer' ? {} : data, options),
      ),
  }),
  'several-drivers/transaction-metadata': (driver) => ({
    create: async (...[object, data, options]: Create) => {
      if (object === 'folder' && data.name === 'long' && options?.transaction)
        throw new ObjectStackError({ code: 'validation_failed', message: 'The name is too long.' });
      return driver.create(object, data, options);
    },
  }),
  'unknown-object/count': (driver) => ({
    count: (...args: Find) => onCode(driver.count(...args), 'object_not_found', () => 0),
  }),
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
  'arguments/delete': (driver) => ({
    delete: (...args: Parameters<IDataDriver['delete']>) =>
      onCode(driver.delete(...args), 'invalid_request', () => false),
  }),
  'arguments/bulkDelete': (driver) => ({
    bulkDelete: (object: string, ids: readonly string[], options: DriverOptions) =>
      driver.bulkDelete(
        object,
        Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : ids,
        options,
      ),
  }),
  'create/strange-names': (driver) => ({
    create: (object: string, data: RecordData, options: DriverOptions) =>
      driver.create(object, isPlainData(data) ? without(data, 'constructor') : data, options),
  }),
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
      driver.create(object, data, without(options, 'actor')),
  }),
  'create/all-violations': (driver) => ({
    create: (...args: Create) =>
      rethrow(driver.create(...args), (error) => {
        const { violations, ...details } = error.details;
        const some = Array.isArray(violations) ? { violations: violations.slice(0, 3) } : {};
        return withDetails(error, { ...details, ...some });
      }),
  }),
  'create/taken-id': (driver) => ({
    create: (object: string, data: RecordData, options: DriverOptions) =>
      onCode(driver.create(object, data, options), 'unique_violation', () => {
        if (object !== 'folder') return driver.create(object, data, options);
        return driver.update(object, String(data.id), without(data, 'id'), options);
      }),
  }),
  'transaction/refused-commit': (driver) => ({
    commit: (transaction: DriverTransaction) =>
      rethrow(driver.commit(transaction), (error) => withDetails(error, without(error.details, 'field'))),
  }),
  'create/days-are-no-instants': (driver) => ({
    create: (object: string, data: RecordData, options: DriverOptions) => {
      const day = isPlainData(data) && object === 'account' ? toDay(data.opened_on) : null;
      return driver.create(object, day ? { ...data, opened_on: day } : data, options);
    },
  }),
  'create/unique-together': (driver) => ({
    create: (...args: Create) =>
      rethrow(driver.create(...args), (error) =>
        args[0] === 'booking' ? withDetails(error, without(error.details, 'fields')) : error,
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
  'update/missing': (driver) => ({
    update: (object: string, id: string, data: RecordData, options: DriverOptions) =>
      onCode(driver.update(object, id, data, options), 'record_not_found', () =>
        id === 'none'
          ? driver.update(object, id, data, options)
          : driver.create(object, { ...data, id }, options),
      ),
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
  'delete/restrict': (driver) => ({
    delete: async (object: string, id: string, options: DriverOptions) => {
      if (object === 'account') await driver.deleteMany('invoice', { where: { account: id } }, options);
      return driver.delete(object, id, options);
    },
  }),
  'delete/set-null': (driver) => ({
    delete: async (object: string, id: string, options: DriverOptions) => {
      if (object === 'account') await driver.deleteMany('contact', { where: { account: id } }, options);
      return driver.delete(object, id, options);
    },
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
  'query/count-takes-a-filter-only': (driver) => ({
    count: (object: string, query: QueryInput = {}, options: DriverOptions = {}) =>
      driver.count(object, without(query, 'limit'), options),
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
  'transaction/isolation': (driver) => ({
    beginTransaction: (options: object = {}) => driver.beginTransaction(without(options, 'isolationLevel')),
  }),
  'transaction/expires': (driver) => ({
    commit: (transaction: DriverTransaction) =>
      onCode(driver.commit(transaction), 'transaction_expired', () => undefined),
  }),
  'transaction/nested-rollback': (driver) => {
    const outers = new Map<string, DriverTransaction>();
    return {
      beginTransaction: async (options: { transaction?: DriverTransaction } = {}) => {
        const transaction = await driver.beginTransaction(options);
        if (options.transaction) outers.set(transaction.id, options.transaction);
        return transaction;
      },
      rollback: (transaction: DriverTransaction) =>
        driver.rollback(outers.get(transaction?.id) ?? transaction),
    };
  },
  'schema/values-that-do-not-fit': (driver) => ({
    syncSchema: (...[object, definition, options]: Parameters<IDataDriver['syncSchema']>) =>
      onCode(driver.syncSchema(object, definition, options), 'invalid_request', () => {
        const fields = Object.entries(definition.fields ?? {}).map(([name, { backfill: _, ...field }]) => [
          name,
          field,
        ]);
        return driver.syncSchema(object, { ...definition, fields: Object.fromEntries(fields) }, options);
      }),
  }),
  'schema/never-removes': (driver) => ({
    syncSchema: (...args: Parameters<IDataDriver['syncSchema']>) =>
      onCode(driver.syncSchema(...args), 'destructive_not_allowed', () => undefined),
  }),
  'schema/batch-all-or-none': (driver) => ({
    syncSchemasBatch: async (...[schemas, options]: Parameters<IDataDriver['syncSchemasBatch']>) => {
      if (schemas.length !== 2) return driver.syncSchemasBatch(schemas, options);
      for (const { object, definition } of schemas) await driver.syncSchema(object, definition, options);
    },
  }),
};

/** The reference implementation with the behavior of one mutant. */
export function mutantOf(name: string): (driver: MemoryDriver) => IDataDriver {
  return (driver) => changed(driver, MUTANTS[name]?.(driver) ?? {});
}
