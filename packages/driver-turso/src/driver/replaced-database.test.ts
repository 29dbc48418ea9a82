import type { DriverOptions, IDataDriver } from '@objectstack/spec/contracts';
import { isSampled } from '@objectstack/testing';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { deploy, object } from '../../test/database.js';
import { directConnection } from '../../test/direct-connection.js';
import { signalledCalls } from '../../test/driver-calls.js';
import { sharedSqld } from '../../test/transports.js';
import { claimDatabase } from '../local/claim-database.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';
import { createTursoDriver } from './create-turso-driver.js';

const ITEM = object('item', { name: { type: 'text' }, part_of: { type: 'lookup', reference: 'item' } });
const SWAPPED = 'tenant-1';

const server = sharedSqld();

interface Database {
  readonly name: string;
  readonly url: string;
  readonly token: string;
}

async function openDriver({ url, token }: Database, expectedTenantId?: string): Promise<IDataDriver> {
  const driver = createTursoDriver(
    { url },
    { authToken: token, ...(expectedTenantId && { expectedTenantId }) },
  );
  await driver.connect();
  onTestFinished(() => driver.disconnect());
  return driver;
}

async function claimed(tenantId: string): Promise<Database> {
  const database = await server().createDatabase();
  await claimDatabase(directConnection(database.url, { authToken: database.token }), tenantId);
  return database;
}

/** The database of a tenant, with an object and one record. */
async function deployed(tenantId: string): Promise<Database> {
  const database = await claimed(tenantId);
  const driver = createTursoDriver({ url: database.url }, { authToken: database.token });
  await driver.connect();
  await deploy(driver, [ITEM]);
  await driver.create('item', { id: 'one', name: `of ${tenantId}` });
  await driver.disconnect();
  return database;
}

const content = async (driver: IDataDriver) => {
  const { rows: tables } = await driver.execute(
    `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1`,
  );
  const contents = await driver.executeAtomic(
    tables.map(({ name }) => ({ sql: `SELECT * FROM "${name}"` })),
    { mode: 'read' },
  );
  return { tables, rows: contents.map(({ rows }) => rows) };
};

async function inTransaction(driver: IDataDriver, work: (options: DriverOptions) => Promise<unknown>) {
  const transaction = await driver.beginTransaction();
  try {
    await work({ transaction });
    await driver.commit(transaction);
  } finally {
    await driver.rollback(transaction);
  }
}

const METHODS = Object.fromEntries(signalledCalls(ITEM).map(({ name, call }) => [name, call]));
const { introspect, readHistory } = createSqliteSchemaDiff();

const CALLS: Record<string, (driver: IDataDriver, options: DriverOptions) => Promise<unknown>> = {
  ...METHODS,
  'a raw SELECT': (driver) => driver.execute('SELECT * FROM sqlite_schema'),
  'a raw WITH': (driver) => driver.execute('WITH a AS (SELECT * FROM sqlite_schema) SELECT * FROM a'),
  'a raw PRAGMA': (driver) => driver.execute('PRAGMA table_info(item)'),
  'a raw EXPLAIN': (driver) => driver.execute('EXPLAIN QUERY PLAN SELECT * FROM sqlite_schema'),
  'a raw CREATE': (driver) => driver.execute('CREATE TABLE other (id TEXT)'),
  'a raw INSERT that refers to nothing': (driver) =>
    driver.execute(`INSERT INTO item (id, part_of, created_at, updated_at) VALUES ('x', 'none', '', '')`),
  'statements that refer to nothing': (driver) =>
    driver.executeAtomic([{ sql: `UPDATE item SET part_of = 'none'` }]),
  'statements that read': (driver) =>
    driver.executeAtomic([{ sql: 'SELECT * FROM sqlite_schema' }], { mode: 'read' }),
  'find of a platform object': (driver) => driver.find('_os_deployment', {}, { system: true }),
  'raw SQL in a transaction': (driver) =>
    inTransaction(driver, (options) => driver.execute(`UPDATE item SET name = 'changed'`, [], options)),
  'create in a transaction': (driver) =>
    inTransaction(driver, (options) => driver.create('item', { name: 'changed' }, options)),
  introspect: (driver) => introspect(driver),
  readHistory: (driver) => readHistory(driver),
};

it('every method that reaches the database is among the calls', () => {
  const others = ['constructor', 'connect', 'disconnect', 'checkHealth', 'commit', 'rollback'];
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(createTursoDriver({ url: ':memory:' })));
  expect([...Object.keys(METHODS), ...others].sort()).toEqual(methods.sort());
});

const OTHERS = [
  ['another tenant', () => deployed('tenant-2'), 'tenant_mismatch'],
  ['a tenant with no deployment', () => claimed('tenant-3'), 'tenant_mismatch'],
  ['no tenant', () => server().createDatabase(), 'tenant_missing'],
] as const;

describe.each(OTHERS)(
  'the database of %s in the place of the one of an open driver',
  (who, createOther, reason) => {
    /** Every call meets one of the other databases; all of them if tests are exhaustive. */
    const offset = OTHERS.findIndex(([name]) => name === who);
    const calls = Object.keys(CALLS).filter((_, index) => isSampled(index + offset, OTHERS.length));
    let own: Database;
    let other: Database;
    beforeAll(async () => {
      [own, other] = [await deployed(SWAPPED), await createOther()];
    });
    const refusal = { code: 'database_invalid', details: { reason, expectedTenantId: SWAPPED } };

    /** Works with a driver of the tenant while the other database is in the place of its own. */
    async function swapped(work: (driver: IDataDriver) => Promise<void>): Promise<void> {
      server().putInPlace(own.name, own.name);
      const [driver, otherDriver] = [await openDriver(own, SWAPPED), await openDriver(other)];
      const before = await content(otherDriver);
      server().putInPlace(own.name, other.name);
      try {
        await work(driver);
      } finally {
        server().putInPlace(own.name, own.name);
      }
      expect(await content(otherDriver)).toEqual(before);
      expect(await driver.find('item', { fields: ['name'] })).toEqual([{ id: 'one', name: `of ${SWAPPED}` }]);
    }

    it.each(calls)('is refused by %s and left as it is', (name) =>
      swapped(async (driver) => {
        await expect((CALLS[name] as (typeof CALLS)[string])(driver, {})).rejects.toMatchObject(refusal);
      }),
    );

    it('is refused by connect, and unhealthy', () =>
      swapped(async (driver) => {
        await expect(openDriver(own, SWAPPED)).rejects.toMatchObject(refusal);
        expect(await driver.checkHealth()).toBe(false);
      }));
  },
);
