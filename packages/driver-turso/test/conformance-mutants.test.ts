import { collectFailures, DATA_DRIVER_REQUIREMENTS, describeDataDriver } from '@objectstack/conformance';
import type { IDataDriver, SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { TURSO_CAPABILITIES } from '../src/driver/turso-capabilities.js';

type Methods = Partial<Pick<IDataDriver, 'execute' | 'executeAtomic'>>;

interface RawMutant {
  /** Requirements that the driver violates. */
  readonly breaks: readonly string[];
  readonly methods: (driver: IDataDriver) => Methods;
}

/** The result of a statement that returns rows, with the fault of taking it for a read. */
const asRead = (result: SqlResult): SqlResult =>
  result.rows.length > 0 ? { ...result, rowsAffected: 0 } : result;

/** Drivers with a fault in raw SQL, which the in-memory reference implementation does not have. */
const RAW_MUTANTS: Readonly<Record<string, RawMutant>> = {
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

describe('a driver with a fault in raw SQL', () => {
  it.each(Object.entries(RAW_MUTANTS))('that %s fails the requirement of it', async (_, mutant) => {
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
      (id) => id.startsWith('data-driver/raw/'),
    );
    expect(failed).toEqual(mutant.breaks.map((name) => `data-driver/${name}`));
  });

  it('exists for every requirement of raw SQL', () => {
    const ids = Object.keys(DATA_DRIVER_REQUIREMENTS).filter((id) => id.startsWith('data-driver/raw/'));
    const broken = Object.values(RAW_MUTANTS).flatMap(({ breaks }) =>
      breaks.map((name) => `data-driver/${name}`),
    );
    expect(ids.filter((id) => !broken.includes(id))).toEqual([]);
  });
});
