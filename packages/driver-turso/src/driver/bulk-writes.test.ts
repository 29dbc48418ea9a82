import { describe, expect, it } from 'vitest';
import { directClient, freshDatabase, object } from '../../test/database.js';

const FIELDS = {
  name: { type: 'text', unique: true, maxLength: 5 },
  size: { type: 'number' },
  state: { type: 'text', defaultValue: 'new' },
};
const PLAIN = object('plain', FIELDS);
const NUMBERED = object('numbered', { ...FIELDS, number: { type: 'autonumber', format: 'N-{000}' } });
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `n${index}`, size: index }));

describe('bulk writes', () => {
  it.each(['plain', 'numbered'])('return %s records in the order in which they were given', async (name) => {
    const { driver } = await freshDatabase([PLAIN, NUMBERED]);
    const given = [...rows(20), { size: 1 }, { name: 'last', state: null }].reverse();
    const made = await driver.bulkCreate(name, given);
    expect(made.map((record) => record.name)).toEqual(
      given.map((record) => ('name' in record ? record.name : null)),
    );
    expect(made[0]).toMatchObject({ name: 'last', size: null, state: null });
    expect(made[1]).toMatchObject({ name: null, size: 1, state: 'new' });
    expect(await driver.find(name, { orderBy: [{ field: 'id' }] })).toEqual(
      [...made].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    if (name === 'numbered')
      expect(made.map(({ number }) => number).slice(0, 3)).toEqual(['N-001', 'N-002', 'N-003']);
    expect(await driver.bulkCreate(name, [])).toEqual([]);
  });

  it('return what is stored, whether or not every field of the records is given', async () => {
    const { driver } = await freshDatabase([PLAIN]);
    const whole = [
      { name: 'a', size: -0, state: 'x' },
      { name: 'b', size: 2 ** 53, state: null },
    ];
    const partial = [{ name: 'c', state: 'y' }];
    for (const given of [whole, partial]) {
      const made = await driver.bulkCreate('plain', given);
      const stored = await driver.find('plain', { where: { id: { $in: made.map(({ id }) => id) } } });
      expect(made).toEqual(stored.toSorted((a, b) => String(a.name).localeCompare(String(b.name))));
    }
  });

  it.each([[{ name: 'b', size: 1, state: 'x' }], [{ name: 'b', size: 1 }]])(
    'do not report a record that a trigger left out: %j',
    async (record) => {
      const { driver } = await freshDatabase([PLAIN]);
      await driver.execute(
        `CREATE TRIGGER only_a BEFORE INSERT ON plain WHEN NEW.name <> 'a' BEGIN SELECT RAISE(IGNORE); END`,
      );
      await expect(driver.bulkCreate('plain', [{ ...record, name: 'a' }, record])).rejects.toMatchObject({
        code: 'internal',
      });
    },
  );

  it('make more records than one statement has room for', async () => {
    const { driver } = await freshDatabase([PLAIN]);
    const made = await driver.bulkCreate('plain', rows(9_000));
    expect(made.every(({ size }, index) => size === index)).toBe(true);
    await driver.bulkDelete(
      'plain',
      made.slice(1).map(({ id }) => id),
    );
    expect(await driver.find('plain')).toEqual([made[0]]);
  });

  it.each(['plain', 'numbered'])(
    'name every violation in %s by its index, and write nothing',
    async (name) => {
      const { driver } = await freshDatabase([PLAIN, NUMBERED]);
      const broken = [{ name: 'ok' }, { name: 'too long', size: 'x' }, {}, { missing: 1 }];
      await expect(driver.bulkCreate(name, broken)).rejects.toMatchObject({
        code: 'validation_failed',
        details: {
          violations: [
            { field: 'name', rule: 'max_length', index: 1 },
            { field: 'size', rule: 'type', index: 1 },
            { field: 'missing', rule: 'unknown_field', index: 3 },
          ],
        },
      });
      await expect(driver.bulkCreate(name, [{ name: 'a' }, { name: 'a' }])).rejects.toMatchObject({
        code: 'unique_violation',
        details: { object: name, fields: ['name'] },
      });
      expect(await driver.count(name)).toBe(0);
      const [first] = await driver.bulkCreate(name, [{ name: 'a' }]);
      if (name === 'numbered') expect(first?.number).toBe('N-001');
    },
  );

  it('change all records or none', async () => {
    const { driver } = await freshDatabase([PLAIN]);
    const made = await driver.bulkCreate('plain', rows(3));
    const updates = made.map(({ id }, index) => ({ id, data: { size: index * 10 } }));
    expect((await driver.bulkUpdate('plain', updates)).map(({ size }) => size)).toEqual([0, 10, 20]);
    const missing = [
      { id: made[0]?.id ?? '', data: { size: -1 } },
      { id: 'no-such-id', data: { size: -1 } },
    ];
    await expect(driver.bulkUpdate('plain', missing)).rejects.toMatchObject({
      code: 'record_not_found',
      details: { object: 'plain', index: 1 },
    });
    const taken = [
      { id: made[0]?.id ?? '', data: { size: -1 } },
      { id: made[1]?.id ?? '', data: { name: 'n2' } },
    ];
    await expect(driver.bulkUpdate('plain', taken)).rejects.toMatchObject({
      code: 'unique_violation',
      details: { index: 1 },
    });
    expect((await driver.find('plain', { orderBy: [{ field: 'size' }] })).map(({ size }) => size)).toEqual([
      0, 10, 20,
    ]);
  });

  it('are part of a transaction, which goes on when they fail', async () => {
    const { driver } = await freshDatabase([PLAIN]);
    const transaction = await driver.beginTransaction();
    await driver.bulkCreate('plain', [{ name: 'a' }], { transaction });
    await expect(
      driver.bulkCreate('plain', [{ name: 'b' }, { name: 'a' }], { transaction }),
    ).rejects.toMatchObject({ code: 'unique_violation' });
    await driver.commit(transaction);
    expect((await driver.find('plain')).map(({ name }) => name)).toEqual(['a']);
  });

  it('assign each record its own number, without gaps, in concurrent calls', async () => {
    const { driver } = await freshDatabase([NUMBERED]);
    await Promise.allSettled(
      Array.from({ length: 12 }, (_, batch) =>
        driver.bulkCreate(
          'numbered',
          Array.from({ length: 5 }, (_, index) => ({
            name: batch % 3 === 0 && index === 4 ? 'same' : `${batch}.${index}`,
          })),
        ),
      ),
    );
    const numbers = (await driver.find('numbered'))
      .map(({ number }) => Number(String(number).slice(2)))
      .sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
  });
});

describe('a value that the metadata does not allow', () => {
  it.each([
    ['size', `'a secret'`],
    ['size', `x'00'`],
    ['open', '7'],
    ['open', `'yes'`],
    ['data', `'{broken'`],
    ['name', `x'ff'`],
  ])('in %s (%s) is an error that names the field and not the value', async (field, value) => {
    const definition = object('odd', {
      size: { type: 'number' },
      open: { type: 'boolean' },
      data: { type: 'json' },
      name: { type: 'text' },
    });
    const { driver, path } = await freshDatabase([definition]);
    const { id } = await driver.create('odd', {});
    await directClient(path).execute(`UPDATE odd SET "${field}" = ${value}`);
    const error = await driver.find('odd').catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'database_invalid', details: { object: 'odd', field, id } });
    expect(JSON.stringify(error)).not.toContain('secret');
    const others = ['size', 'open', 'data', 'name'].filter((name) => name !== field);
    expect(await driver.find('odd', { fields: others })).toMatchObject([{ id }]);
  });
});

describe('a table that was changed outside of a deployment', () => {
  it.each([
    ['DROP TABLE odd'],
    ['ALTER TABLE odd RENAME COLUMN size TO width'],
    ['ALTER TABLE odd RENAME TO other'],
  ])('is an error after %s, and the rest goes on', async (sql) => {
    const field = { size: { type: 'number' } };
    const { driver, path } = await freshDatabase([object('odd', field), object('even', field)]);
    await driver.create('odd', { size: 1 });
    await directClient(path).execute(sql);
    const calls = [
      () => driver.find('odd'),
      () => driver.find('odd', { where: { size: 1 }, fields: ['id'] }),
      () => driver.create('odd', { size: 2 }),
      () => driver.bulkCreate('odd', [{ size: 2 }]),
      () => driver.updateMany('odd', { where: {} }, { size: 3 }),
      () => driver.deleteMany('odd', { where: { size: 1 } }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'sql_error' });
    const transaction = await driver.beginTransaction();
    await expect(driver.create('odd', { size: 2 }, { transaction })).rejects.toMatchObject({
      code: 'sql_error',
    });
    await driver.create('even', { size: 2 }, { transaction });
    await driver.commit(transaction);
    expect(await driver.count('even')).toBe(1);
  });

  it('may have unmanaged columns', async () => {
    const { driver, path } = await freshDatabase([object('odd', { size: { type: 'number' } })]);
    await directClient(path).execute("ALTER TABLE odd ADD COLUMN extra TEXT DEFAULT 'x'");
    const made = await driver.create('odd', { size: 1 });
    expect(Object.keys(made).sort()).toEqual(['created_at', 'id', 'size', 'updated_at']);
    expect(await driver.find('odd')).toEqual([made]);
  });
});
