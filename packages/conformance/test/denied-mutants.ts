import type {
  AbortOptions,
  DriverOptions,
  DriverTransaction,
  IDataDriver,
  RecordData,
  TransactionOptions,
} from '@objectstack/spec/contracts';
import type { DriverCapabilities, ObjectDefinition } from '@objectstack/spec/data';
import type { CAPABILITY_TABLE } from '../src/data-driver/capability-table.js';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import { denyFeatures } from './deny-features.js';
import { intercepting } from './intercept.js';
import { type Create, changed, isPlainData, type Methods, type Mutant, without } from './mutant-tools.js';
import { rawSqlOf, SQL_CAPABILITIES } from './with-raw-sql.js';

export type Name = keyof typeof CAPABILITY_TABLE;

/** Parts of queries that the reference implementation does not support. */
const KEYS: Partial<Record<Name, string>> = {
  joins: 'joins',
  fullTextSearch: 'search',
  queryWindowFunctions: 'windowFunctions',
};

/** Runs queries without this part of them. */
const ignoring = (key: string): Mutant =>
  intercepting(
    ({ args: [object, query, ...rest], proceed }) =>
      proceed([object, isPlainData(query) ? without(query, key) : query, ...rest]),
    ['find', 'findOne', 'findStream', 'explain'],
  );

const ignoringLevel: Mutant = (driver) => ({
  beginTransaction: (options: TransactionOptions = {}) =>
    driver.beginTransaction(without(options, 'isolationLevel')),
});

/** Deploys objects with integer ids as if their ids were texts. */
const ignoringIdType: Mutant = (driver) => ({
  syncSchema: (object: string, definition: ObjectDefinition, options?: AbortOptions) =>
    driver.syncSchema(object, without(definition, 'idType'), options),
  syncSchemasBatch: (
    schemas: readonly { object: string; definition: ObjectDefinition }[],
    options?: AbortOptions,
  ) =>
    driver.syncSchemasBatch(
      schemas.map(({ object, definition }) => ({ object, definition: without(definition, 'idType') })),
      options,
    ),
});

/** Gives every new record the first number. */
const repeatingNumbers: Mutant = (driver) => ({
  create: async (...[object, data, options]: Create) => ({
    ...(await driver.create(object, data, options)),
    number: 'A-001',
  }),
});

/** Loses a write beside a transaction, although it succeeds. */
const losingWrites: Mutant = (driver) => {
  let open = 0;
  return {
    beginTransaction: async (options?: TransactionOptions) => {
      open++;
      return driver.beginTransaction(options);
    },
    rollback: async (transaction: DriverTransaction) => {
      open--;
      return driver.rollback(transaction);
    },
    update: async (object: string, id: string, data: RecordData, options?: DriverOptions) =>
      open > 0 && !options?.transaction ? { id, ...data } : driver.update(object, id, data, options),
  };
};

/** Faults that are more than accepting the calls. */
const FAULTS: Partial<Record<Name, Mutant>> = {
  isolationLevels: ignoringLevel,
  gaplessAutonumbers: repeatingNumbers,
  integerIds: ignoringIdType,
  exclusiveTransactions: losingWrites,
};

/** The value of a capability that is not declared. */
export const undeclared = (name: Name): Partial<DriverCapabilities> => {
  const value = SQL_CAPABILITIES[name];
  return { [name]: Array.isArray(value) ? [] : typeof value === 'string' || value === null ? null : false };
};

/** A driver with these capabilities that denies nothing but what it lacks. */
const reporting = (driver: IDataDriver, supports: DriverCapabilities): IDataDriver =>
  new Proxy(driver, {
    get: (target, key: keyof IDataDriver) => (key === 'supports' ? supports : target[key]),
  });

/** A driver that does not declare the capability, and gives it nevertheless or has another fault. */
export function acceptingMutant(name: Name): (driver: MemoryDriver) => IDataDriver {
  const key = KEYS[name];
  const fault = FAULTS[name] ?? (key === undefined ? undefined : ignoring(key));
  return (driver) => {
    const supports = { ...SQL_CAPABILITIES, ...undeclared(name) };
    const methods: Methods = { ...rawSqlOf(driver), ...fault?.(driver) };
    return reporting(changed(driver, methods), supports);
  };
}

/** A driver that rejects calls of the capability, but makes them as well. */
export function lateMutant(name: Name): (driver: MemoryDriver) => IDataDriver {
  return (driver) => {
    const accepting = acceptingMutant(name)(driver);
    const denying = denyFeatures(driver);
    return new Proxy(denying, {
      get(target, key: keyof IDataDriver) {
        const value: unknown = target[key];
        const accept: unknown = accepting[key];
        if (typeof value !== 'function' || typeof accept !== 'function' || key === 'findStream') return value;
        return async (...args: unknown[]) => {
          try {
            return await value.apply(target, args);
          } catch (error) {
            await accept.apply(accepting, args).catch(() => undefined);
            throw error;
          }
        };
      },
    });
  };
}
