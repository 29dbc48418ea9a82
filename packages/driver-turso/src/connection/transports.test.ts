import type { IDataDriver } from '@objectstack/spec/contracts';
import { IS_EXHAUSTIVE, isSampled, randomFrom, sampledIt } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { deploy, object, planFor } from '../../test/database.js';
import { fill, randomChange } from '../../test/random-changes.js';
import { sharedSqld, transports } from '../../test/transports.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';

const server = sharedSqld();
const PERSON = object('person', {
  name: { type: 'text', unique: true },
  boss: { type: 'tree' },
  must: { type: 'text', storage: { notNull: true }, defaultValue: 'x' },
});
const THING = object('thing', {
  name: { type: 'text', maxLength: 200 },
  size: { type: 'number' },
  open: { type: 'boolean' },
  due: { type: 'date' },
  at: { type: 'datetime' },
  tags: { type: 'tags' },
  data: { type: 'json' },
  number: { type: 'autonumber' },
  length: { type: 'number' },
});
const VALUES = {
  name: `it's "odd" ${'\u0000'.length} 🙂`,
  size: 0.1 + 0.2,
  open: true,
  due: '2026-01-31',
  at: '2026-01-31T10:20:30.456Z',
  tags: ['a', 'b'],
  data: { deep: [1, null, 'x'] },
  length: 9007199254740991,
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => error.code,
  );

const PLACES = transports(server);

describe.each(PLACES)('on $name', ({ name: place, open }) => {
  /** Every test in memory, a half of them on a file and the other one on a server, unless tests are exhaustive. */
  const test = sampledIt(it, place === 'memory' ? 1 : 2, Number(place === 'a file'));

  async function filled(): Promise<IDataDriver> {
    const driver = await open();
    await driver.syncSchemasBatch(
      [PERSON, THING].map((definition) => ({ object: definition.name, definition })),
    );
    return driver;
  }

  test('a violated CHECK of an unmanaged table is sql_error without the value, and nothing is written', async () => {
    const driver = await filled();
    await driver.execute(
      `CREATE TABLE bill (id TEXT, amount INTEGER, CONSTRAINT positive CHECK (amount > 0))`,
    );
    const broken = {
      code: 'sql_error',
      retryable: false,
      details: { reason: expect.stringMatching(/positive/) },
    };
    const insert = 'INSERT INTO bill VALUES (?, ?)';
    const writes = [
      () => driver.execute(insert, ['a secret', -7]),
      () => driver.execute("INSERT INTO bill VALUES ('a secret', -7)"),
      () =>
        driver.executeAtomic([
          { sql: insert, args: ['b', 1] },
          { sql: insert, args: ['a secret', -7] },
        ]),
    ];
    const errors = [];
    for (const write of writes) errors.push(await write().catch((thrown) => thrown));
    for (const error of errors) {
      expect(error).toMatchObject(broken);
      expect(JSON.stringify(error.toProblemDetails())).not.toMatch(/secret|-7/);
    }
    expect(errors[2]).toMatchObject({ details: { statementIndex: 1 } });
    expect((await driver.execute('SELECT * FROM bill')).rows).toEqual([]);
  });

  test('a CHECK that a trigger of the customer violates refuses the write of a record', async () => {
    const driver = await filled();
    await driver.execute('CREATE TABLE bill (size INTEGER CHECK (size > 0))');
    await driver.execute(
      'CREATE TRIGGER billing AFTER INSERT ON thing BEGIN INSERT INTO bill VALUES (NEW.size); END',
    );
    expect(await codeOf(driver.create('thing', { name: 'bad', size: -1 }))).toBe('sql_error');
    expect(await driver.create('thing', { name: 'good', size: 1 })).toMatchObject({ size: 1 });
    expect((await driver.find('thing')).map(({ name }) => name)).toEqual(['good']);
  });

  test('explaining raw SQL does not block later writes', async () => {
    const driver = await filled();
    const explained = ['DELETE FROM thing', 'PRAGMA journal_mode', 'SELECT * FROM thing'].map((sql) =>
      codeOf(driver.execute(`EXPLAIN ${sql}`)),
    );
    expect(await Promise.all(explained)).toEqual(['not_allowed', 'not_allowed', 'none']);
    expect(await codeOf(driver.executeAtomic([{ sql: 'DELETE FROM thing' }]))).toBe('none');
    expect(await driver.create('thing', { name: 'later' })).toMatchObject({ name: 'later' });
  });

  test('explaining does not prevent dropping tables and indexes', async () => {
    const driver = await filled();
    const explain = 'EXPLAIN SELECT * FROM thing';
    await driver.explain('thing');
    await driver.execute(explain);
    await driver.execute('CREATE TABLE other (id TEXT)');
    await driver.execute('DROP TABLE other');
    const statements = ['CREATE TABLE other (id TEXT)', explain, 'DROP TABLE other', explain, 'SELECT 1'];
    const results = await driver.executeAtomic(statements.map((sql) => ({ sql })));
    expect(results.map(({ rows }) => rows.length > 0)).toEqual([false, true, false, true, true]);
    const failing = ['CREATE TABLE other (id TEXT)', explain, 'DROP TABLE other', 'SELECT missing'];
    await expect(driver.executeAtomic(failing.map((sql) => ({ sql })))).rejects.toMatchObject({
      code: 'sql_error',
      details: { statementIndex: 3 },
    });
    const transaction = await driver.beginTransaction();
    await driver.explain('thing', {}, { transaction });
    for (const sql of statements) await driver.execute(sql, [], { transaction });
    await driver.commit(transaction);
    expect(await driver.create('thing', { name: 'later' })).toMatchObject({ name: 'later' });
  });

  test('a checkpoint inside a transaction is rejected, and the transaction continues', async () => {
    const driver = await filled();
    const sql = 'PRAGMA wal_checkpoint';
    expect(await codeOf(driver.executeAtomic([{ sql }]))).toBe('not_allowed');
    const transaction = await driver.beginTransaction();
    expect(await codeOf(driver.execute(sql, [], { transaction }))).toBe('not_allowed');
    await driver.create('thing', { name: 'later' }, { transaction });
    await driver.commit(transaction);
    expect(await driver.count('thing')).toBe(1);
  });

  test('a record is returned as it was written', async () => {
    const driver = await filled();
    const made = await driver.create('thing', VALUES);
    expect(made).toMatchObject({ ...VALUES, number: '1' });
    expect(await driver.findOne('thing', { where: { id: made.id } })).toEqual(made);
    expect(
      await driver.find('thing', {
        where: { size: 0.1 + 0.2, open: true, due: { $gte: '2026-01-31' }, name: { $contains: '"odd"' } },
      }),
    ).toEqual([made]);
    const changed = await driver.update('thing', made.id, { tags: [], open: false, size: null });
    expect(changed).toMatchObject({ tags: [], open: false, size: null });
    expect(await driver.upsert('thing', { name: VALUES.name, size: 2 }, ['name'])).toMatchObject({
      id: made.id,
      size: 2,
    });
    expect(await driver.delete('thing', made.id)).toBe(true);
    expect(await driver.delete('thing', made.id)).toBe(false);
  });

  test('bulk writes, groups, pages, lookups and streams work', async () => {
    const driver = await filled();
    const made = await driver.bulkCreate(
      'thing',
      Array.from({ length: 1_200 }, (_, index) => ({ name: `n${index % 3}`, size: index })),
    );
    expect(made.map(({ number }) => number).slice(-1)).toEqual(['1200']);
    expect(
      await driver.find('thing', {
        groupBy: ['name'],
        aggregations: [
          { function: 'sum', field: 'size', alias: 'total' },
          { function: 'array_agg', field: 'size', alias: 'all', filter: { size: { $lt: 3 } } },
        ],
      }),
    ).toEqual([
      { name: 'n0', total: 239_400, all: [0] },
      { name: 'n1', total: 239_800, all: [1] },
      { name: 'n2', total: 240_200, all: [2] },
    ]);
    let streamed = 0;
    for await (const _ of driver.findStream('thing', { orderBy: [{ field: 'name', order: 'desc' }] }))
      streamed++;
    expect(streamed).toBe(1_200);
    await driver.bulkCreate('person', [
      { id: 'p1', name: 'Ann' },
      { id: 'p2', name: 'Bob', boss: 'p1' },
    ]);
    expect(
      await driver.findOne('person', { where: { id: 'p2' }, expand: { boss: { fields: ['name'] } } }),
    ).toMatchObject({ boss: { id: 'p1', name: 'Ann' } });
    expect(await driver.updateMany('thing', { where: { name: 'n1' } }, { size: 0 })).toBe(400);
    expect(await driver.deleteMany('thing', { where: { $or: [] } })).toBe(0);
    expect(await driver.deleteMany('thing', { where: { name: { $in: ['n0', 'n1'] } } })).toBe(800);
    expect((await driver.explain('thing', { where: { name: 'x' } })).steps.length).toBeGreaterThan(0);
  });

  test('errors have the same codes and name object and field, never the value', async () => {
    const driver = await filled();
    await driver.bulkCreate('person', [
      { id: 'p1', name: 'secret' },
      { id: 'p2', name: 'Bob', boss: 'p1' },
    ]);
    const unique = await driver.create('person', { name: 'secret' }).catch((error) => error);
    expect(unique).toMatchObject({
      code: 'unique_violation',
      details: { object: 'person', fields: ['name'] },
    });
    const absent = await driver.execute('UPDATE person SET must = NULL').catch((error) => error);
    expect(absent).toMatchObject({
      code: 'not_null_violation',
      details: { object: 'person', fields: ['must'] },
    });
    expect(await codeOf(driver.create('person', { boss: 'no-such-id' }))).toBe('foreign_key_violation');
    expect(await codeOf(driver.update('person', 'no-such-id', {}))).toBe('record_not_found');
    expect(
      await codeOf(
        driver.bulkUpdate('person', [
          { id: 'p1', data: { name: 'new' } },
          { id: 'x', data: {} },
        ]),
      ),
    ).toBe('record_not_found');
    for (const sql of ['SELECT * FROM missing', 'SELEC 1', 'SELECT 9007199254740993 AS big'])
      expect(await codeOf(driver.execute(sql))).toBe('sql_error');
    expect(await codeOf(driver.execute('SELECT ?', []))).toBe('sql_error');
    expect(JSON.stringify([unique, absent])).not.toContain('secret');
    expect((await driver.findOne('person', { where: { id: 'p1' } }))?.name).toBe('secret');
  });

  test('raw statements bind, count and return alike', async () => {
    const driver = await filled();
    await driver.execute('CREATE TABLE raw (a INTEGER, b BLOB, "length" TEXT)');
    const bytes = new Uint8Array([0, 1, 255]);
    const insert = await driver.execute(
      'INSERT INTO raw VALUES (?, ?, ?), (2, NULL, NULL) RETURNING a, typeof(a) AS kind',
      [1, bytes, 'x'],
    );
    expect(insert).toEqual({
      rows: [
        { a: 1, kind: 'integer' },
        { a: 2, kind: 'integer' },
      ],
      rowsAffected: 2,
    });
    expect(await driver.execute('SELECT * FROM raw WHERE a = ?', [1])).toEqual({
      rows: [{ a: 1, b: bytes, length: 'x' }],
      rowsAffected: 0,
    });
    expect((await driver.execute('UPDATE raw SET a = a + 1')).rowsAffected).toBe(2);
    expect(
      (await driver.execute('SELECT ? AS yes, ? AS half, ? AS big', [true, 0.5, 2 ** 53 - 1])).rows,
    ).toEqual([{ yes: 1, half: 0.5, big: 2 ** 53 - 1 }]);
  });

  test('executeAtomic runs all statements or none, and reports the index of the failed one', async () => {
    const driver = await filled();
    const insert = (name: string) => ({
      sql: `INSERT INTO person (id, created_at, updated_at, name, must) VALUES (?, '', '', ?, '')`,
      args: [name, name],
    });
    const results = await driver.executeAtomic([insert('a'), { sql: 'SELECT count(*) AS n FROM person' }]);
    expect(results.map(({ rows }) => rows)).toEqual([[], [{ n: 1 }]]);
    const error = await driver
      .executeAtomic([insert('b'), insert('a'), insert('c')])
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'unique_violation', details: { statementIndex: 1 } });
    expect(await driver.count('person')).toBe(1);
    const off = await driver.executeAtomic([{ sql: 'SELECT foreign_keys AS f FROM pragma_foreign_keys' }], {
      foreignKeys: 'off',
    });
    expect(off[0]?.rows).toEqual([{ f: 0 }]);
    expect((await driver.execute('SELECT foreign_keys AS f FROM pragma_foreign_keys')).rows).toEqual([
      { f: 1 },
    ]);
    expect(await driver.executeAtomic([])).toEqual([]);
  });

  test('transactions are isolated, nest, and release the lock', async () => {
    const driver = await filled();
    const transaction = await driver.beginTransaction();
    await driver.create('person', { id: 'p1', name: 'Ann' }, { transaction });
    const inner = await driver.beginTransaction({ transaction });
    await driver.create('person', { id: 'p2', name: 'Bob' }, { transaction: inner });
    await driver.rollback(inner);
    expect(await codeOf(driver.create('person', { name: 'Ann' }, { transaction }))).toBe('unique_violation');
    const waiting = driver.create('person', { id: 'p3', name: 'Eve' });
    expect((await driver.find('person', {}, { transaction })).map(({ id }) => id)).toEqual(['p1']);
    await driver.commit(transaction);
    await waiting;
    expect((await driver.find('person')).map(({ id }) => id)).toEqual(['p1', 'p3']);
    const second = await driver.beginTransaction();
    await driver.create('person', { boss: 'no-such-id' }, { transaction: second });
    expect(await codeOf(driver.commit(second))).toBe('foreign_key_violation');
    expect(await codeOf(driver.commit(second))).toBe('invalid_transaction');
    await driver.create('person', { name: 'later' });
    expect(await driver.count('person')).toBe(3);
  });

  test('an aborted caller that waits for a transaction leaves the queue', async () => {
    const driver = await filled();
    const transaction = await driver.beginTransaction();
    const controller = new AbortController();
    const { signal } = controller;
    const given = [
      driver.create('person', { name: 'given up' }, { signal }),
      driver.beginTransaction({ signal }),
      driver.upsert('person', { id: 'given_up', name: 'given up' }, ['id'], { signal }),
    ].map((call) => call.catch((error) => error));
    const waiting = driver.create('person', { name: 'waiting' });
    setTimeout(() => controller.abort(), 50);
    const start = performance.now();
    const [write, begin, upsert] = await Promise.all(given);
    expect([write, begin, upsert].map(({ code }) => code)).toEqual(['aborted', 'aborted', 'aborted']);
    expect(performance.now() - start).toBeLessThan(2_000);
    await driver.create('person', { name: 'inside' }, { transaction });
    await driver.commit(transaction);
    await waiting;
    expect(performance.now() - start).toBeLessThan(4_000);
    expect((await driver.find('person')).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['inside', 'waiting']),
    );
    const mayBeThere = write.details.outcome === 'unknown' ? 1 : 0;
    expect(await driver.count('person', { where: { name: 'given up' } })).toBeLessThanOrEqual(mayBeThere);
  });

  test('concurrent writers number records without gaps', async () => {
    const driver = await filled();
    await Promise.all(Array.from({ length: 20 }, () => driver.create('thing', {})));
    const numbers = (await driver.find('thing')).map(({ number }) => Number(number));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  /** Each seed in one place; everywhere if tests are exhaustive. */
  const offset = PLACES.findIndex(({ name }) => name === place);
  const seeds = Array.from({ length: IS_EXHAUSTIVE ? 12 : 6 }, (_, index) => index + 1);

  it.each(seeds.filter((seed) => isSampled(seed + offset, PLACES.length)))(
    'a change of the schema keeps every record (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const { before, after } = randomChange(random);
      const driver = await open();
      await deploy(driver, before);
      await fill(driver, random, before);
      const plan = await planFor(driver, after);
      const inTheWay = (await createSqliteSchemaDiff().runPreflight(driver, plan)).some(
        ({ rows }) => rows > 0,
      );
      const counts = async (objects: typeof before) =>
        Promise.all(objects.map(({ name }) => driver.count(name)));
      const outcome = await codeOf(createSqliteSchemaDiff().applyMigrations(driver, plan));
      expect(outcome === 'none').toBe(!inTheWay);
      if (outcome !== 'none') return;
      expect((await planFor(driver, after)).statements).toEqual([]);
      expect((await counts(after)).filter((count) => count > 0)).toEqual(before.map(() => 4));
      expect((await driver.execute('SELECT count(*) AS n FROM pragma_foreign_key_check')).rows).toEqual([
        { n: 0 },
      ]);
    },
  );

  test('a driver keeps all data or none across a reconnect', async () => {
    const driver = await filled();
    await driver.create('person', { name: 'Ann' });
    await driver.disconnect();
    expect(await codeOf(driver.count('person'))).toBe('not_connected');
    await driver.connect();
    expect(['none', 'object_not_found']).toContain(await codeOf(driver.count('person')));
    expect(await driver.checkHealth()).toBe(true);
  });
});
