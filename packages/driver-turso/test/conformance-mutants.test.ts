import { collectFailures, DATA_DRIVER_REQUIREMENTS, describeDataDriver } from '@objectstack/conformance';
import type { IDataDriver, RecordData, SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { TURSO_CAPABILITIES } from '../src/driver/turso-capabilities.js';

type Methods = Partial<IDataDriver>;

interface Mutant {
  /** Requirements that the driver violates. */
  readonly breaks: readonly string[];
  readonly methods: (driver: IDataDriver) => Methods;
}

/** The result of a statement that returns rows, with the fault of taking it for a read. */
const asRead = (result: SqlResult): SqlResult =>
  result.rows.length > 0 ? { ...result, rowsAffected: 0 } : result;

/** Drivers with a fault in raw SQL, which the in-memory reference implementation does not have. */
const RAW_MUTANTS: Readonly<Record<string, Mutant>> = {
  'execute reports 0 rows for INSERT … RETURNING': {
    breaks: ['raw/rows-affected'],
    methods: (driver) => ({ execute: async (...args) => asRead(await driver.execute(...args)) }),
  },
  'executeAtomic reports 0 rows for INSERT … RETURNING': {
    breaks: ['raw/atomic-rows-affected'],
    methods: (driver) => ({
      executeAtomic: async (...args) => (await driver.executeAtomic(...args)).map(asRead),
    }),
  },
  'execute ignores its arguments': {
    breaks: ['raw/execute'],
    methods: (driver) => ({
      execute: (sql, args = [], options) =>
        driver.execute(
          sql,
          args.map(() => null),
          options,
        ),
    }),
  },
  'executeAtomic runs each statement by itself': {
    breaks: ['raw/atomic-all-or-none'],
    methods: (driver) => ({
      executeAtomic: async (statements, options) => {
        const results: SqlResult[] = [];
        for (const [index, statement] of statements.entries()) {
          const [result] = await failingAt(index, driver.executeAtomic([statement], options));
          if (result) results.push(result);
        }
        return results;
      },
    }),
  },
  'executeAtomic always enforces foreign keys': {
    breaks: ['raw/atomic-foreign-keys-off'],
    methods: (driver) => ({
      executeAtomic: (statements, options) =>
        driver.executeAtomic(statements, { ...options, foreignKeys: 'on' }),
    }),
  },
  'executeAtomic never enforces foreign keys': {
    breaks: ['raw/atomic-foreign-keys'],
    methods: (driver) => ({
      executeAtomic: (statements, options) =>
        driver.executeAtomic(
          statements,
          options?.mode === 'read' ? options : { ...options, foreignKeys: 'off' },
        ),
    }),
  },
  'executeAtomic ignores its arguments': {
    breaks: ['raw/atomic'],
    methods: (driver) => ({
      executeAtomic: (statements, options) =>
        driver.executeAtomic(
          statements.map(({ sql, args = [] }) => ({ sql, args: args.map(() => null) })),
          options,
        ),
    }),
  },
  'executeAtomic writes in read mode': {
    breaks: ['raw/atomic-read'],
    methods: (driver) => ({
      executeAtomic: (statements, options) => driver.executeAtomic(statements, { ...options, mode: 'write' }),
    }),
  },
  'execute returns nothing for an unknown table': {
    breaks: ['raw/execute-refused'],
    methods: (driver) => ({
      execute: (...args) => driver.execute(...args).catch(() => ({ rows: [], rowsAffected: 0 })),
    }),
  },
};

/** A text that JavaScript reads as a number, in the notation of an id. */
const normalized = (value: unknown) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? String(number) : value;
};
const rounded = <T>(record: T): T =>
  Object.fromEntries(
    Object.entries(record as object).map(([name, value]) => [
      name,
      ['id', 'parent'].includes(name) && value !== null ? String(BigInt(Number(value))) : value,
    ]),
  ) as T;
const withOther = (data: RecordData, change: (value: unknown) => unknown): RecordData =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      ['id', 'parent'].includes(name) ? (change(value) as never) : value,
    ]),
  );

/** Drivers with a fault in integer ids, which the in-memory reference implementation does not have. */
const INTEGER_ID_MUTANTS: Readonly<Record<string, Mutant>> = {
  'create chooses ids without regard to their order': {
    breaks: ['integer-id/assigned', 'integer-id/never-again'],
    methods: (driver) => {
      let next = 1000;
      return {
        create: (object, data, options) => driver.create(object, { id: String(--next), ...data }, options),
      };
    },
  },
  'create assigns the id after the largest that is left': {
    breaks: ['integer-id/never-again'],
    methods: (driver) => ({
      create: async (object, data, options) => {
        const ids = (await driver.find(object)).map(({ id }) => Number(id));
        return driver.create(object, { id: String(Math.max(0, ...ids) + 1), ...data }, options);
      },
    }),
  },
  'bulkCreate returns the records in the order of their ids': {
    breaks: ['integer-id/bulk'],
    methods: (driver) => ({
      bulkCreate: async (...args) =>
        (await driver.bulkCreate(...args)).sort((a, b) => Number(a.id) - Number(b.id)).reverse(),
    }),
  },
  'findOne reads ids as numbers': {
    breaks: ['integer-id/digits'],
    methods: (driver) => ({
      findOne: async (...args) => {
        const record = await driver.findOne(...args);
        return record && rounded(record);
      },
    }),
  },
  'create accepts ids in other notations': {
    breaks: ['integer-id/given'],
    methods: (driver) => ({
      create: (object, data, options) => driver.create(object, withOther(data, normalized), options),
    }),
  },
  'update and delete compare ids as numbers': {
    breaks: ['integer-id/found'],
    methods: (driver) => ({
      update: (object, id, ...rest) => driver.update(object, String(normalized(id)), ...rest),
      delete: (object, id, ...rest) => driver.delete(object, String(normalized(id)), ...rest),
    }),
  },
  'find sorts ids as texts': {
    breaks: ['integer-id/order'],
    methods: (driver) => ({
      find: (async (...args: Parameters<IDataDriver['find']>) =>
        [...(await driver.find(...args))].sort((a, b) =>
          String(a.id) < String(b.id) ? 1 : -1,
        )) as IDataDriver['find'],
    }),
  },
  'syncSchema ignores another idType': {
    breaks: ['integer-id/type-change'],
    methods: (driver) => ({
      syncSchema: (...args) =>
        driver.syncSchema(...args).catch((error) => {
          if (!ObjectStackError.isInstance(error, 'not_supported')) throw error;
        }),
    }),
  },
};

/** The error of a single statement, as if it were at this index. */
async function failingAt<T>(statementIndex: number, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    const { code, message, details } = error;
    throw new ObjectStackError({ code, message, details: { ...details, statementIndex } });
  }
}

function changed(driver: IDataDriver, methods: Methods): IDataDriver {
  return new Proxy(driver, {
    get(target, name: keyof IDataDriver) {
      const value = methods[name as keyof Methods] ?? target[name];
      return typeof value === 'function' ? (value as CallableFunction).bind(target) : value;
    },
  });
}

const GROUPS = { 'integer-id': INTEGER_ID_MUTANTS, raw: RAW_MUTANTS };

describe.each(Object.entries(GROUPS))('a driver with a fault in the group %s', (group, mutants) => {
  it.each(sampleOf(Object.entries(mutants), 2))('that %s fails the requirements of it', async (_, mutant) => {
    const failed = await collectFailures(
      (runner) =>
        describeDataDriver(runner, {
          name: 'mutant',
          supports: TURSO_CAPABILITIES,
          create: async () => {
            const driver = createTursoDriver({ url: ':memory:' });
            return changed(driver, mutant.methods(driver));
          },
        }),
      (id) => id.startsWith(`data-driver/${group}/`),
    );
    expect(failed).toEqual(mutant.breaks.map((name) => `data-driver/${name}`));
  });

  it('exists for every requirement', () => {
    const ids = Object.keys(DATA_DRIVER_REQUIREMENTS).filter((id) => id.startsWith(`data-driver/${group}/`));
    const broken = Object.values(mutants).flatMap(({ breaks }) =>
      breaks.map((name) => `data-driver/${name}`),
    );
    expect(ids.filter((id) => !broken.includes(id))).toEqual([]);
  });
});
