import type { DriverOptions, DriverTransaction, IDataDriver, RecordData } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type Create, type Mutant, onCode, rethrow, withDetails, without } from './mutant-tools.js';

/** Drivers with a fault in connections, transactions and schemas. */
export const SESSION_MUTANTS: Readonly<Record<string, Mutant>> = {
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
  'transaction/refused-commit': (driver) => ({
    commit: (transaction: DriverTransaction) =>
      rethrow(driver.commit(transaction), (error) => withDetails(error, without(error.details, 'field'))),
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
  'schema/batch-all-or-none': (driver) => ({
    syncSchemasBatch: async (...[schemas, options]: Parameters<IDataDriver['syncSchemasBatch']>) => {
      if (schemas.length !== 2) return driver.syncSchemasBatch(schemas, options);
      for (const { object, definition } of schemas) await driver.syncSchema(object, definition, options);
    },
  }),
};
