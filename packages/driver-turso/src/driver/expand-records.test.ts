import type { QueryInput } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';
import { pooledFile } from '../connection/pooled-file.js';
import { TursoDriver } from './turso-driver.js';

const OBJECTS = [
  object('account', {
    name: { type: 'text' },
    owner: { type: 'lookup', reference: 'person' },
    size: { type: 'number' },
  }),
  object('person', { name: { type: 'text' }, boss: { type: 'tree' } }),
  object('deal', {
    account: { type: 'master_detail', reference: 'account' },
    people: { type: 'lookup', reference: 'person', multiple: true },
    outside: { type: 'lookup', reference: 'elsewhere' },
    name: { type: 'text' },
  }),
];

/** A driver that counts its statements. */
async function world() {
  const { driver, path } = await freshDatabase(OBJECTS);
  await driver.bulkCreate('person', [
    { id: 'p1', name: 'Ann' },
    { id: 'p2', name: 'Bob', boss: 'p1' },
  ]);
  await driver.bulkCreate('account', [
    { id: 'a1', name: 'Acme', owner: 'p2', size: 3 },
    { id: 'a2', name: 'Bolt' },
  ]);
  await driver.bulkCreate('deal', [
    { id: 'd1', account: 'a1', people: ['p2', 'gone', 'p1'], name: 'one' },
    { id: 'd2', account: 'a1', people: [], outside: 'x' },
    { id: 'd3', account: 'a2' },
    { id: 'd4' },
  ]);
  const connection = pooledFile(path);
  const statements: string[] = [];
  const counting = new TursoDriver({
    connection: {
      ...connection,
      execute: (statement) => {
        statements.push(statement.sql);
        return connection.execute(statement);
      },
    },
    transactionTimeoutMs: 5_000,
    requireClaimed: false,
  });
  await counting.connect();
  statements.length = 0;
  return { driver: counting, statements };
}

describe('expanding lookups', () => {
  it('puts records in the place of their ids, with one query for each lookup and level', async () => {
    const { driver, statements } = await world();
    const expand = {
      account: { fields: ['name', 'owner'], expand: { owner: { expand: { boss: {} } } } },
      people: { fields: ['name'] },
    };
    const deals = await driver.find('deal', { fields: ['name'], expand });
    expect(deals).toEqual([
      {
        id: 'd1',
        name: 'one',
        account: {
          id: 'a1',
          name: 'Acme',
          owner: expect.objectContaining({
            id: 'p2',
            boss: expect.objectContaining({ id: 'p1', boss: null }),
          }),
        },
        people: [
          { id: 'p2', name: 'Bob' },
          { id: 'p1', name: 'Ann' },
        ],
      },
      { id: 'd2', name: null, account: expect.objectContaining({ id: 'a1' }), people: [] },
      { id: 'd3', name: null, account: { id: 'a2', name: 'Bolt', owner: null }, people: null },
      { id: 'd4', name: null, account: null, people: null },
    ]);
    expect(statements).toHaveLength(5);
  });

  it('reads in the transaction', async () => {
    const { driver } = await world();
    const transaction = await driver.beginTransaction();
    await driver.update('account', 'a1', { name: 'Changed' }, { transaction });
    expect(
      await driver.findOne('deal', { where: { id: 'd1' }, expand: { account: {} } }, { transaction }),
    ).toMatchObject({ account: { name: 'Changed' } });
    await driver.rollback(transaction);
  });

  it.each([
    [{ name: {} }, '/expand/name'],
    [{ missing: {} }, '/expand/missing'],
    [{ outside: {} }, '/expand/outside'],
    [{ account: { where: { name: 'x' } } }, '/expand/account/where'],
    [{ account: { limit: 1 } }, '/expand/account/limit'],
    [{ account: { expand: { size: {} } } }, '/expand/account/expand/size'],
  ])('refuses %j at its path', async (expand, path) => {
    const { driver, statements } = await world();
    await expect(driver.find('deal', { expand } as QueryInput)).rejects.toMatchObject({
      code: 'invalid_query',
      details: { path },
    });
    expect(statements.filter((sql) => sql.startsWith('select'))).toEqual([]);
  });

  it('goes five levels deep', async () => {
    const { driver } = await world();
    const nested = (levels: number): QueryInput =>
      levels === 0 ? {} : { expand: { boss: nested(levels - 1) } };
    expect(await driver.find('person', nested(5))).toHaveLength(2);
    await expect(driver.find('person', nested(6))).rejects.toMatchObject({ code: 'invalid_query' });
  });
});
