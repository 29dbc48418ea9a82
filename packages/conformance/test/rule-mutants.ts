import { randomUUID } from 'node:crypto';
import type { DriverOptions, DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import type { Field, Index, ObjectDefinition, QueryInput } from '@objectstack/spec/data';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { type Create, isPlainData, type Mutant, onCode, without } from './mutant-tools.js';

/** A driver with a fault, and the requirements that it violates. */
export interface RuleMutant {
  readonly breaks: readonly string[];
  readonly mutant: Mutant;
}

type Sync = Parameters<IDataDriver['syncSchema']>;

/** Deploys a definition without a part that the driver ignores. */
const deploying =
  (change: (definition: ObjectDefinition) => ObjectDefinition): Mutant =>
  (driver) => ({
    syncSchema: (...[object, definition, options]: Sync) =>
      driver.syncSchema(object, definition?.fields ? change(definition) : definition, options),
  });

const withFields =
  (change: (field: Field) => Field) =>
  (definition: ObjectDefinition): ObjectDefinition => ({
    ...definition,
    fields: Object.fromEntries(
      Object.entries(definition.fields).map(([name, field]) => [name, change(field)]),
    ),
  });

const withIndexes =
  (change: (index: Index) => Index | undefined) =>
  ({ indexes = [], ...definition }: ObjectDefinition): ObjectDefinition => ({
    ...definition,
    indexes: indexes.flatMap((index) => change(index) ?? []),
  });

/** Drivers that ignore a rule which only deployed definitions or rare situations show. */
export const RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  'ignores unique fields': {
    breaks: ['schema/unique', 'schema/unique-later', 'schema/never-weakens', 'schema/keeps-case'],
    mutant: deploying(withFields((field) => without(field, 'unique'))),
  },
  'ignores unique indexes': {
    breaks: ['schema/unique-index', 'schema/partial-index'],
    mutant: deploying(withIndexes((index) => without(index, 'unique'))),
  },
  'ignores the condition of an index': {
    breaks: ['schema/partial-index'],
    mutant: deploying(withIndexes((index) => without(index, 'partial'))),
  },
  'ignores plain indexes': {
    breaks: ['schema/plain-index'],
    mutant: deploying((definition) =>
      withFields((field) => without(field, 'index'))(
        withIndexes((index) => (index.unique ? index : undefined))(definition),
      ),
    ),
  },
  'ignores storage.notNull': {
    breaks: ['schema/not-null', 'schema/not-null-later', 'schema/keeps-not-null'],
    mutant: deploying(withFields((field) => without(field, 'storage'))),
  },
  'accepts every type with the same storage': {
    breaks: ['schema/retyped-values'],
    mutant: (driver) => ({
      syncSchema: (...args: Sync) => onCode(driver.syncSchema(...args), 'conversion_failed', () => undefined),
    }),
  },
  'accepts changes that remove data or rules, and ignores them': {
    breaks: [
      'schema/never-weakens',
      'schema/keeps-not-null',
      'schema/keeps-case',
      'schema/keeps-lookups',
      'schema/keeps-values',
    ],
    mutant: (driver) => ({
      syncSchema: (...args: Sync) =>
        onCode(driver.syncSchema(...args), 'destructive_not_allowed', () => undefined),
    }),
  },
  'ignores another reference of a lookup': {
    breaks: ['schema/new-reference'],
    mutant: (driver) => ({
      syncSchema: (...args: Sync) =>
        onCode(driver.syncSchema(...args), 'foreign_key_violation', () => undefined),
    }),
  },
  'generates UUIDv4 ids': {
    breaks: ['create/makes-ids'],
    mutant: (driver) => ({
      create: (...[object, data, options]: Create) =>
        driver.create(object, isPlainData(data) ? { id: randomUUID(), ...data } : data, options),
    }),
  },
  'reads all records of a stream before the first': {
    breaks: ['stream/in-pages'],
    mutant: (driver) => ({
      async *findStream(object: string, query: QueryInput = {}, options: DriverOptions = {}) {
        const records = [];
        for await (const record of driver.findStream(object, query, options)) records.push(record);
        for (const record of records) {
          throwIfAborted(options.signal);
          yield record;
        }
      },
    }),
  },
  'expires a transaction that is in use': {
    breaks: ['transaction/stays-open'],
    mutant: (driver) => ({
      beginTransaction: async (...args: Parameters<IDataDriver['beginTransaction']>) => {
        const transaction: DriverTransaction = await driver.beginTransaction(...args);
        setTimeout(() => driver.rollback(transaction), 1.2 * driver.transactionTimeoutMs).unref();
        return transaction;
      },
    }),
  },
  'reports a damaged database as sql_error': {
    breaks: ['lifecycle/damaged'],
    mutant: (driver) => ({
      connect: () =>
        onCode(driver.connect(), 'database_invalid', () => {
          throw new ObjectStackError({ code: 'sql_error', message: 'The file is not a database.' });
        }),
    }),
  },
};
