import type { DriverTransaction, TransactionOptions } from '@objectstack/spec/contracts';
import { isPlainObject, ObjectStackError } from '@objectstack/spec/shared';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import { type Create, type Methods, type Mutant, onCode, without } from './mutant-tools.js';
import type { RuleMutant } from './rule-mutants.js';

type Sync = Parameters<MemoryDriver['syncSchema']>;
type Find = Parameters<MemoryDriver['find']>;
type Begin = Parameters<MemoryDriver['beginTransaction']>;

const refuse = (
  code: 'invalid_transaction' | 'database_busy' | 'foreign_key_violation' | 'object_not_found',
) => {
  throw new ObjectStackError({ code, message: 'The driver rejects too much.' });
};

/** A mutant that knows the transactions that are open. */
const tracking =
  (change: (driver: MemoryDriver, open: DriverTransaction[]) => Methods): Mutant =>
  (driver) => {
    const open: DriverTransaction[] = [];
    const ended = (transaction: DriverTransaction) => {
      const at = open.findIndex(({ id }) => id === transaction?.id);
      if (at >= 0) open.splice(at, 1);
    };
    return {
      beginTransaction: async (...args: Begin) => {
        const transaction = await driver.beginTransaction(...args);
        open.push(transaction);
        return transaction;
      },
      commit: async (transaction: DriverTransaction) => {
        ended(transaction);
        await driver.commit(transaction);
      },
      rollback: async (transaction: DriverTransaction) => {
        ended(transaction);
        await driver.rollback(transaction);
      },
      ...change(driver, open),
    };
  };

/** Drivers with a fault in transactions. */
const TRANSACTION_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  'rolls back on commit': {
    breaks: ['transaction/commit'],
    mutant: (driver) => ({ commit: (transaction: DriverTransaction) => driver.rollback(transaction) }),
  },
  'commits on rollback': {
    breaks: ['transaction/rollback'],
    mutant: (driver) => ({
      rollback: (transaction: DriverTransaction) =>
        onCode(driver.commit(transaction), 'invalid_transaction', () => undefined),
    }),
  },
  'counts nothing in a transaction': {
    breaks: ['transaction/every-method'],
    mutant: (driver) => ({
      count: async (...args: Parameters<MemoryDriver['count']>) =>
        args[2]?.transaction ? 0 : driver.count(...args),
    }),
  },
  'shows the writes of an open transaction': {
    breaks: ['transaction/isolated'],
    mutant: tracking((driver, open) => ({
      find: (...[object, query, options = {}]: Find) => {
        const transaction = options.transaction ?? open.at(-1);
        return driver.find(object, query ?? {}, { ...options, ...(transaction && { transaction }) });
      },
    })),
  },
  'writes into the transaction of another caller': {
    breaks: ['transaction/writers-wait'],
    mutant: tracking((driver, open) => ({
      create: (...[object, data, options = {}]: Create) => {
        const transaction = options.transaction ?? open.at(-1);
        return driver.create(object, data, { ...options, ...(transaction && { transaction }) });
      },
    })),
  },
  'reports a call that was aborted while it waited as database_busy': {
    breaks: ['transaction/leaves-the-queue'],
    mutant: (driver) => ({
      create: (...args: Create) =>
        onCode(driver.create(...args), 'aborted', () =>
          refuse(args[2]?.signal?.aborted ? 'database_busy' : 'invalid_transaction'),
        ),
    }),
  },
  'accepts nothing in a transaction after a rejected write': {
    breaks: ['transaction/goes-on-after-refusal'],
    mutant: (driver) => {
      const failed = new Set<string>();
      return {
        create: async (...args: Create) => {
          const { id = '' } = args[2]?.transaction ?? {};
          if (failed.has(id)) refuse('invalid_transaction');
          try {
            return await driver.create(...args);
          } catch (error) {
            if (id) failed.add(id);
            throw error;
          }
        },
      };
    },
  },
  'checks lookups before commit': {
    breaks: ['transaction/deferred-references'],
    mutant: (driver) => ({
      create: async (...args: Create) => {
        const [object, data, options] = args;
        const parent = isPlainObject(data) ? data.parent : undefined;
        const isChecked = typeof parent === 'string' && options?.transaction;
        if (isChecked && !(await driver.findOne(object, { where: { id: parent } }, options)))
          refuse('foreign_key_violation');
        return driver.create(...args);
      },
    }),
  },
  'rejects the rollback of a transaction that has ended': {
    breaks: ['transaction/over'],
    mutant: tracking((driver, open) => ({
      rollback: async (transaction: DriverTransaction) => {
        if (!open.some(({ id }) => id === transaction?.id)) refuse('invalid_transaction');
        await driver.rollback(transaction);
      },
    })),
  },
  'writes without a transaction if it is of another database': {
    breaks: ['transaction/foreign'],
    mutant: (driver) => ({
      create: (...[object, data, options = {}]: Create) =>
        onCode(driver.create(object, data, options), 'invalid_transaction', () =>
          driver.create(object, data, without(options, 'transaction')),
        ),
    }),
  },
  'loses the writes of a nested transaction': {
    breaks: ['transaction/nested-commit'],
    mutant: (driver) => {
      const nested = new Set<string>();
      return {
        beginTransaction: async (options: TransactionOptions = {}) => {
          const transaction = await driver.beginTransaction(options);
          if (options.transaction) nested.add(transaction.id);
          return transaction;
        },
        commit: (transaction: DriverTransaction) =>
          nested.has(transaction?.id) ? driver.rollback(transaction) : driver.commit(transaction),
      };
    },
  },
  'writes into the nested transaction instead of the outer one': {
    breaks: ['transaction/nested-holds'],
    mutant: tracking((driver, open) => ({
      create: (...[object, data, options = {}]: Create) => {
        const isOpen = open.some(({ id }) => id === options.transaction?.id);
        const transaction = isOpen ? open.at(-1) : options.transaction;
        return driver.create(object, data, { ...options, ...(transaction && { transaction }) });
      },
    })),
  },
};

type Schemas = Parameters<MemoryDriver['syncSchemasBatch']>[0];

/** The schemas with texts instead of lookups to objects that follow. */
function withoutForwardLookups(schemas: Schemas): Schemas {
  if (!Array.isArray(schemas)) return schemas;
  return (schemas as Schemas).map((schema, index) => {
    const later = new Set<unknown>(schemas.slice(index + 1).map((one) => one?.object));
    if (!schema?.definition?.fields) return schema;
    const fields = Object.entries(schema.definition.fields).map(([name, field]) => [
      name,
      later.has(field.reference) ? { type: 'text' } : field,
    ]);
    return { ...schema, definition: { ...schema.definition, fields: Object.fromEntries(fields) } };
  });
}

/** Drivers with a fault in deploying objects. */
const DEPLOY_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  'deploys no new object': {
    breaks: ['schema/new-object'],
    mutant: (driver) => ({
      syncSchema: (...args: Sync) => driver.syncSchemasBatch([], args[2]),
    }),
  },
  'ignores new fields of a deployed object': {
    breaks: ['schema/new-field'],
    mutant: (driver) => {
      const deployed = new Set<string>();
      return {
        syncSchema: async (...args: Sync) => {
          if (!deployed.has(args[0])) await driver.syncSchema(...args);
          deployed.add(args[0]);
        },
      };
    },
  },
  'replaces the records of a deployed object': {
    breaks: ['schema/repeats'],
    mutant: (driver) => ({
      syncSchema: async (...args: Sync) => {
        await driver.syncSchema(...args);
        await driver.deleteMany(args[0], { where: {} });
      },
    }),
  },
  'checks no lookup to an object that follows in the same batch': {
    breaks: ['schema/batch'],
    mutant: (driver) => ({
      syncSchemasBatch: (...[schemas, options]: Parameters<MemoryDriver['syncSchemasBatch']>) =>
        driver.syncSchemasBatch(withoutForwardLookups(schemas), options),
    }),
  },
  'knows an object only if it deployed it itself': {
    breaks: ['schema/noticed-elsewhere'],
    mutant: (driver) => {
      const deployed = new Set<string>();
      return {
        syncSchema: async (...args: Sync) => {
          await driver.syncSchema(...args);
          deployed.add(args[0]);
        },
        find: async (...args: Find) =>
          args[0] === 'plain' && !deployed.has('plain') ? refuse('object_not_found') : driver.find(...args),
      };
    },
  },
};

/** Drivers with a fault in connections, transactions and schemas that other requirements show. */
export const SESSION_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  ...TRANSACTION_RULE_MUTANTS,
  ...DEPLOY_RULE_MUTANTS,
  'rejects disconnect without a connection': {
    breaks: ['lifecycle/disconnect-repeats'],
    mutant: (driver) => ({
      disconnect: async () => {
        if (!driver.isConnected) throw new Error('It is not connected.');
        await driver.disconnect();
      },
    }),
  },
  'reads its own last write from a cache': {
    breaks: ['several-drivers/sees-writes'],
    mutant: (driver) => {
      let last: unknown;
      return {
        create: async (...args: Create) => {
          last = await driver.create(...args);
          return last;
        },
        findOne: async (...args: Find) =>
          (await driver.findOne(...args)) && (last ?? driver.findOne(...args)),
      };
    },
  },
  'stores one of several concurrent writes': {
    breaks: ['several-drivers/loses-nothing'],
    mutant: (driver) => {
      let running = 0;
      return {
        create: async (...args: Create) => {
          try {
            return running++ === 0 ? await driver.create(...args) : { id: 'none', ...args[1] };
          } finally {
            running--;
          }
        },
      };
    },
  },
};
