import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DriverCapabilities } from '@objectstack/spec/data';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { DATA_DRIVER_REQUIREMENTS } from '../src/data-driver/describe-data-driver.js';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import { ABORTED_MUTANTS } from './aborted-mutants.js';
import { acceptingMutant, lateMutant, type Name, undeclared } from './denied-mutants.js';
import { denyFeatures } from './deny-features.js';
import { failuresOf, memorySuite } from './memory-suite.js';
import { changed } from './mutant-tools.js';
import { rawSqlOf, SQL_CAPABILITIES } from './with-raw-sql.js';

/** Each of them waits for almost a second: one of so many, unless tests are exhaustive. */
const EVERY_WAITING = 10;

type Change = (driver: MemoryDriver) => IDataDriver;

/** The suite of a driver on a database with these capabilities; the driver reports its own. */
function suiteOf(change: Change, supports: DriverCapabilities, ofDatabase = supports) {
  const beneath = new WeakMap<IDataDriver, MemoryDriver>();
  const suite = memorySuite((driver) => {
    const changing = change(driver);
    beneath.set(changing, driver);
    return changing;
  }, ofDatabase);
  return {
    ...suite,
    supports,
    deploy: async (driver: IDataDriver, objects: readonly { name: string }[]) => {
      const schemas = objects.map((definition) => ({ object: definition.name, definition }) as never);
      await beneath.get(driver)?.syncSchemasBatch(schemas);
    },
  };
}

const idsOf = (group: string) =>
  Object.keys(DATA_DRIVER_REQUIREMENTS).filter((id) => id.startsWith(`data-driver/${group}/`));
const nameOf = (id: string) => id.split('/')[2] as Name;
const deniedOf = (id: string): DriverCapabilities => ({ ...SQL_CAPABILITIES, ...undeclared(nameOf(id)) });

const withSql: Change = (driver) => changed(driver, rawSqlOf(driver));

describe('a driver with a method that ignores its signal', () => {
  const waiting = (id: string) => id.includes('/aborted-while-waiting/');
  const ids = [...idsOf('aborted'), ...sampleOf(idsOf('aborted-while-waiting'), EVERY_WAITING)];

  it('exists for every requirement about it', () => {
    expect(Object.keys(ABORTED_MUTANTS)).toEqual([...idsOf('aborted'), ...idsOf('aborted-while-waiting')]);
  });

  it('differs only by the signal', async () => {
    expect(await failuresOf(suiteOf(withSql, SQL_CAPABILITIES), (id) => ids.includes(id))).toEqual([]);
  });

  it.each(sampleOf(ids, 3))('violates %s', async (id) => {
    const [, group] = id.split('/');
    const mutant = ABORTED_MUTANTS[id];
    if (!mutant) throw new Error('There is no mutant.');
    const isTried = (one: string) => (waiting(id) ? one === id : one.startsWith(`data-driver/${group}/`));
    expect(await failuresOf(suiteOf(mutant, SQL_CAPABILITIES), isTried)).toEqual([id]);
  });
});

describe('a driver that does not declare a capability', () => {
  it.each(sampleOf(idsOf('denied'), 3))('and accepts its calls violates %s', async (id) => {
    const ofDatabase = nameOf(id) === 'exclusiveTransactions' ? deniedOf(id) : SQL_CAPABILITIES;
    const suite = suiteOf(acceptingMutant(nameOf(id)), deniedOf(id), ofDatabase);
    expect(await failuresOf(suite, (one) => one.includes('/denied/'))).toEqual([id]);
  });

  it.each(['rawSql', 'migrations', 'foreignKeySuspension', 'sqlPlaceholders'] as const)(
    'and rejects all calls of %s violates nothing',
    async (name) => {
      const supports = { ...SQL_CAPABILITIES, ...undeclared(name) };
      const denying = (driver: MemoryDriver) => denyFeatures(withSql(driver) as MemoryDriver);
      expect(await failuresOf(suiteOf(denying, supports), (one) => one.includes('/denied/'))).toEqual([]);
    },
  );

  const LATE = [
    ...(['bulkCreate', 'bulkUpdate', 'bulkDelete', 'queryFilters', 'jsonFields'] as const),
    ...(['arrayFields', 'indexes', 'schemaSync', 'batchSchemaSync'] as const),
  ].map((name) => `data-driver/denied/${name}`);

  it.each(sampleOf(LATE, 3))('and rejects its calls after they had an effect violates %s', async (id) => {
    const suite = suiteOf(lateMutant(nameOf(id)), deniedOf(id));
    expect(await failuresOf(suite, (one) => one.includes('/denied/'))).toEqual([id]);
  });
});
