import type { IDataDriver } from '@objectstack/spec/contracts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deploy, object } from '../../test/database.js';
import { sharedSqld } from '../../test/transports.js';
import { openConnection } from '../connection/open-connection.js';
import { claimDatabase } from '../local/claim-database.js';
import { createTursoDriver } from './create-turso-driver.js';

const OBJECTS = [object('item', { name: { type: 'text' } })];
const SETTINGS = {
  transactionTimeoutMs: 5_000,
  busyTimeoutMs: 5_000,
  requestTimeoutMs: 30_000,
  maxRetries: 0,
  durability: 'normal',
} as const;

const server = sharedSqld();

/** A driver on the database of a tenant, with an object and one record. */
async function tenantDatabase(tenantId: string, objects = OBJECTS) {
  const { name, url, token } = await server().createDatabase();
  await claimDatabase(openConnection({ url, ...SETTINGS }, { authToken: token }), tenantId);
  const driver = createTursoDriver({ url }, { authToken: token, expectedTenantId: tenantId });
  await driver.connect();
  onTestFinished(() => driver.disconnect());
  if (objects.length > 0) {
    await deploy(driver, objects);
    await driver.create('item', { id: 'i1', name: `of ${tenantId}` });
  }
  return { name, driver };
}

async function emptyDatabase() {
  const { name, url, token } = await server().createDatabase();
  const driver = createTursoDriver({ url }, { authToken: token });
  await driver.connect();
  onTestFinished(() => driver.disconnect());
  return { name, driver };
}

const content = async (driver: IDataDriver) => {
  const { rows: tables } = await driver.execute(
    `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1`,
  );
  const rows = await Promise.all(
    tables.map(async ({ name }) => (await driver.execute(`SELECT * FROM "${name}"`)).rows),
  );
  return { tables, rows };
};

async function inTransaction(driver: IDataDriver) {
  const transaction = await driver.beginTransaction();
  try {
    await driver.execute(`UPDATE item SET name = 'changed'`, [], { transaction });
    await driver.commit(transaction);
  } finally {
    await driver.rollback(transaction);
  }
}

const CALLS: Record<string, (driver: IDataDriver) => Promise<unknown>> = {
  find: (driver) => driver.find('item'),
  findOne: (driver) => driver.findOne('item', { where: { id: 'i1' } }),
  count: (driver) => driver.count('item'),
  create: (driver) => driver.create('item', { name: 'new' }),
  update: (driver) => driver.update('item', 'i1', { name: 'changed' }),
  delete: (driver) => driver.delete('item', 'i1'),
  bulkCreate: (driver) => driver.bulkCreate('item', [{ name: 'new' }]),
  updateMany: (driver) => driver.updateMany('item', { where: {} }, { name: 'changed' }),
  'find of a platform object': (driver) => driver.find('_os_deployment', {}, { system: true }),
  refresh: (driver) => driver.refresh(),
  executeAtomic: (driver) => driver.executeAtomic([{ sql: 'CREATE TABLE other (id TEXT)' }]),
  'statements in a transaction': inTransaction,
};

describe.each([
  ['another tenant', () => tenantDatabase('tenant-2'), 'tenant_mismatch'],
  ['a tenant with no deployment', () => tenantDatabase('tenant-3', []), 'tenant_mismatch'],
  ['no tenant', emptyDatabase, 'tenant_missing'],
])('the database of %s in the place of the one of an open driver', (_, createOther, reason) => {
  it.each(Object.keys(CALLS))('is refused by %s and left as it is', async (name) => {
    const call = CALLS[name] as (driver: IDataDriver) => Promise<unknown>;
    const [own, other] = [await tenantDatabase('tenant-1'), await createOther()];
    const before = await content(other.driver);
    server().putInPlace(own.name, other.name);
    await expect(call(own.driver)).rejects.toMatchObject({
      code: 'database_invalid',
      details: { reason, expectedTenantId: 'tenant-1' },
    });
    expect(await content(other.driver)).toEqual(before);
    server().putInPlace(own.name, own.name);
    expect(await own.driver.find('item', { fields: ['name'] })).toEqual([{ id: 'i1', name: 'of tenant-1' }]);
  });
});
