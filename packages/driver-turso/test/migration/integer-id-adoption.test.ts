import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { connected, directClient, freshDatabase, object } from '../database.js';

const service = createSqliteSchemaDiff();
const bundle = { checksum: 'b'.repeat(64), version: '1.0.0' };
const INTEGER = { idType: 'integer' };
const C = object('c', { a: { type: 'text' } }, INTEGER);
const N = object('n', { l: { type: 'lookup', reference: 'c', deleteBehavior: 'set_null' } }, INTEGER);
const TABLE = 'CREATE TABLE c (id INTEGER PRIMARY KEY, a TEXT)';

async function database(...statements: string[]) {
  const { path, url } = await freshDatabase();
  const client = directClient(path);
  for (const sql of statements) await client.execute(sql);
  return connected({ url });
}

const errorsOf = async (driver: IDataDriver, objects: readonly ObjectDefinition[]) => {
  const { findings } = await service.planBaseline(driver, objects, { bundle });
  return findings.filter(({ severity }) => severity === 'error');
};

async function adopted(objects: readonly ObjectDefinition[], ...statements: string[]) {
  const driver = await database(...statements);
  expect(await errorsOf(driver, objects)).toEqual([]);
  await service.applyBaseline(driver, objects, { bundle });
  return driver;
}

describe('adopting integer ids', () => {
  it.each([
    'CREATE TABLE c (id INTEGER PRIMARY KEY DESC, a TEXT)',
    'CREATE TABLE c (id INTEGER CONSTRAINT k PRIMARY /* key */ KEY desc NOT NULL, a TEXT)',
    'CREATE TABLE c (id INT PRIMARY KEY, a TEXT)',
  ])('refuses %s, which has no row id', async (sql) => {
    const errors = await errorsOf(await database(sql), [C]);
    expect(errors.map(({ code, name }) => [code, name])).toEqual([['system_column', 'id']]);
  });

  it.each([
    'CREATE TABLE c (id INTEGER PRIMARY KEY ASC, a TEXT)',
    'CREATE TABLE c (id INTEGER, a TEXT, PRIMARY KEY (id))',
  ])('accepts %s, whose id is the row id', async (sql) => {
    const driver = await adopted([C], sql);
    expect((await driver.create('c', {})).id).toBe('1');
    expect((await driver.create('c', {})).id).toBe('2');
  });

  it.each(['VARCHAR(20)', 'TEXT', '', 'BLOB', 'REAL'])('refuses references of the type %s', async (type) => {
    const driver = await database(
      TABLE,
      `CREATE TABLE n (id INTEGER PRIMARY KEY, l ${type} REFERENCES c (id) ON DELETE SET NULL)`,
    );
    const [error, ...others] = await errorsOf(driver, [C, N]);
    expect(others).toEqual([]);
    expect(error).toMatchObject({ code: 'column_differs', object: 'n', name: 'l' });
    expect(error?.next).toMatch(/^Recreate the table, .* as "l" INTEGER/);
  });

  it('refuses references that are no integers', async () => {
    const driver = await database(
      TABLE,
      'CREATE TABLE n (id INTEGER PRIMARY KEY, l BIGINT REFERENCES c (id) ON DELETE SET NULL)',
      'PRAGMA foreign_keys = OFF',
      "INSERT INTO n VALUES (1, 'x'), (2, 1.5), (3, '9223372036854775808'), (4, '05'), (5, NULL)",
    );
    expect(await errorsOf(driver, [C, N])).toMatchObject([
      { code: 'invalid_value', object: 'n', name: 'l', rows: 3, samples: ['1', '2', '3'] },
    ]);
  });

  it.each(['INTEGER', 'BIGINT', 'NUMERIC', 'DECIMAL(20)', 'BOOLEAN'])(
    'compares and sorts references of the type %s by value',
    async (type) => {
      const driver = await adopted(
        [C, N],
        TABLE,
        `CREATE TABLE n (id INTEGER PRIMARY KEY, l ${type} REFERENCES c (id) ON DELETE SET NULL)`,
      );
      const ids = ['-1', '9', '10', '100', '9007199254740993'];
      await driver.bulkCreate(
        'c',
        ids.map((id) => ({ id })),
      );
      await driver.bulkCreate(
        'n',
        ids.toReversed().map((l) => ({ l })),
      );
      const found = async (l: object) =>
        (await driver.find('n', { where: { l }, orderBy: [{ field: 'l', order: 'asc' }] })).map(
          (one) => one.l,
        );
      expect(await found({ $ne: null })).toEqual(ids);
      expect(await found({ $lt: '9' })).toEqual(['-1']);
      expect(await found({ $between: ['9', '100'] })).toEqual(['9', '10', '100']);
      const aggregations = (['min', 'max'] as const).flatMap((name) => [
        { function: name, field: 'l', alias: name },
        { function: name, field: 'l', alias: `${name}_some`, filter: { l: { $between: ['9', '100'] } } },
      ]);
      const extremes = { min: '-1', max: '9007199254740993', min_some: '9', max_some: '100' };
      expect(await driver.find('n', { aggregations })).toEqual([extremes]);
      expect(await driver.find('n', { aggregations, having: { max_some: { $gt: '9' } } })).toEqual([
        extremes,
      ]);
      const groups = { groupBy: ['l'], orderBy: [{ field: 'l', order: 'desc' as const }] };
      expect(
        (await driver.find('n', { ...groups, having: { l: { $lt: '100' } } })).map(({ l }) => l),
      ).toEqual(['10', '9', '-1']);
    },
  );
});

describe('bulkCreate with integer ids', () => {
  const numbered = { no: { type: 'autonumber', format: '{000}' }, a: { type: 'text' } };

  it.each([
    ['numbered', object('c', numbered, INTEGER)],
    ['plain', object('c', { no: { type: 'text' }, a: { type: 'text' } }, INTEGER)],
  ])(
    'inserts the %s records with given ids first, and returns them in their order',
    async (_, definition) => {
      const driver = await database();
      await driver.syncSchema('c', definition);
      const items = [
        { id: '500' },
        { a: 'x' },
        { id: '499', no: '910' },
        { a: 'z', no: '911' },
        { id: '501' },
      ];
      const made = await driver.bulkCreate('c', items, { system: true });
      expect(made.map(({ id, a }) => [id, a])).toEqual([
        ['500', null],
        [made[1]?.id, 'x'],
        ['499', null],
        [made[3]?.id, 'z'],
        ['501', null],
      ]);
      expect([made[1]?.id, made[3]?.id].sort()).toEqual(['502', '503']);
      for (const one of made) expect(await driver.findOne('c', { where: { id: one.id } })).toEqual(one);
    },
  );

  it('returns the records also if SQLite assigns random ids after the largest', async () => {
    const driver = await adopted([C], TABLE);
    await driver.create('c', { id: '9223372036854775807' });
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`);
    const made = await driver.bulkCreate(
      'c',
      texts.map((a) => ({ a })),
    );
    for (const [index, one] of made.entries()) {
      expect(one.a).toBe(texts[index]);
      expect(await driver.findOne('c', { where: { id: one.id } })).toEqual(one);
    }
  });
});

describe('definitions and values of integer ids', () => {
  it('refuses the id in the format of an autonumber', async () => {
    const driver = await database();
    const fields = { no: { type: 'autonumber', format: '{id}-{0}' } };
    await expect(driver.syncSchema('c', object('c', fields, INTEGER))).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path: '/fields/no/format', code: 'unknown_token', token: '{id}' }] },
    });
    await driver.syncSchema('c', object('c', fields));
    expect((await driver.create('c', { id: 'one' })).no).toBe('one-1');
  });

  it('says what an id must be', async () => {
    const driver = await database();
    await driver.syncSchema('c', C);
    await driver.syncSchema('n', N);
    for (const [name, data] of [
      ['c', { id: '05' }],
      ['n', { l: '05' }],
      ['n', { l: 5 }],
    ] as const)
      await expect(driver.create(name, data)).rejects.toMatchObject({
        code: 'validation_failed',
        message: expect.stringContaining('must be an integer id in decimal notation, such as "42"'),
      });
  });
});
