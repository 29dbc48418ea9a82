import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable, must, withAnother } from './driver-trial.js';

const folders = async (driver: IDataDriver) =>
  (await driver.find('folder')).map(({ id, name, parent }) => [id, name, parent]);

async function threeFolders({ driver }: { driver: IDataDriver }): Promise<void> {
  await driver.create('folder', { id: 'f1', name: 'one' });
  await driver.create('folder', { id: 'f2', name: 'two' });
  await driver.create('folder', { id: 'f3', name: null });
}

const UNTOUCHED = [
  ['f1', 'one', null],
  ['f2', 'two', null],
  ['f3', null, null],
];

/** Filters that nobody means, each with the code of its refusal. */
const MISTAKES: readonly (readonly [unknown, 'invalid_filter' | 'invalid_query'])[] = [
  [undefined, 'invalid_filter'],
  [{}, 'invalid_filter'],
  [{ where: { title: 'one' } }, 'invalid_filter'],
  [{ where: { name: undefined } }, 'invalid_filter'],
  [{ where: { name: { $equals: 'one' } } }, 'invalid_filter'],
  [{ where: null }, 'invalid_filter'],
  [{ where: 'name = one' }, 'invalid_filter'],
  [{ where: Promise.resolve({ name: 'one' }) }, 'invalid_filter'],
  [{ where: new Map([['name', 'one']]) }, 'invalid_filter'],
  [{ where: { name: 'one' }, limit: 1 }, 'invalid_query'],
  [{ where: { name: 'one' }, orderBy: [{ field: 'name' }] }, 'invalid_query'],
  [{ where: { name: 'one' }, wher: {} }, 'invalid_query'],
];

export const updateChecks: DriverChecks = {
  'changes-what-is-given': must(
    'changes the fields that are given and returns the whole record',
    async ({ driver }) => {
      const made = await driver.create('account', { name: 'Acme', code: 'C1', tags: ['a'] });
      const changed = await driver.update('account', made.id, { code: 'C2', notes: 'new' });
      assert.deepEqual(changed, { ...made, code: 'C2', notes: 'new', updated_at: changed.updated_at });
      assert.deepEqual(await driver.find('account'), [changed]);
    },
  ),
  empties: must(
    'empties a field that is given as null, and leaves one that is undefined',
    async ({ driver }) => {
      const { id } = await driver.create('account', { name: 'Acme', code: 'C1', notes: 'n' });
      const changed = await driver.update('account', id, { code: null, notes: undefined });
      assert.deepEqual([changed.code, changed.notes], [null, 'n']);
    },
  ),
  missing: must('refuses an id without a record as record_not_found', async ({ driver }) => {
    await refused(driver.update('folder', 'f9', { name: 'x' }), 'record_not_found');
    assert.deepEqual(await folders(driver), []);
  }),
  rules: must('keeps the same rules as create, and lets no required field be emptied', async ({ driver }) => {
    const { id } = await driver.create('account', { name: 'Acme', code: 'C1' });
    await driver.create('account', { name: 'Bolt', code: 'C2' });
    await refused(driver.update('account', id, { name: null }), 'validation_failed');
    await refused(driver.update('account', id, { budget: -1, nothing: 1 }), 'validation_failed');
    await refused(driver.update('account', id, { origin: 'x' }), 'validation_failed');
    await refused(driver.update('account', id, { code: 'C2' }), 'unique_violation');
    await refused(driver.update('account', id, null as never), 'invalid_request');
  }),
  'keeps-identity': must(
    'keeps id and creation time, and moves the time of the last write',
    async ({ driver }) => {
      const made = await driver.create(
        'folder',
        { id: 'f1', created_at: '2020-01-01T00:00:00.000Z', updated_at: '2020-01-01T00:00:00.000Z' },
        { system: true },
      );
      await refused(driver.update('folder', 'f1', { id: 'f2' }), 'validation_failed');
      const changed = await driver.update('folder', 'f1', { name: 'x' });
      assert.deepEqual([changed.id, changed.created_at], ['f1', made.created_at]);
      assert.ok(String(changed.updated_at) > String(made.updated_at));
    },
  ),
};

export const upsertChecks: DriverChecks = {
  creates: must('adds a record that is not there, with its defaults', async ({ driver }) => {
    const made = await driver.upsert('account', { name: 'Acme', code: 'C1' }, ['code']);
    assert.deepEqual([made.code, made.status], ['C1', 'open']);
    assert.equal(await driver.count('account'), 1);
  }),
  updates: must('changes the one that has the key values, and keeps its identity', async ({ driver }) => {
    const made = await driver.create('account', { name: 'Acme', code: 'C1', notes: 'n' });
    const changed = await driver.upsert('account', { id: 'other', name: 'Bolt', code: 'C1' }, ['code']);
    assert.deepEqual(changed, { ...made, name: 'Bolt', updated_at: changed.updated_at });
    assert.deepEqual(await driver.find('account'), [changed]);
  }),
  'by-id': must('goes by the id where no key is named', async ({ driver }) => {
    await driver.upsert('folder', { id: 'f1', name: 'one' });
    await driver.upsert('folder', { id: 'f1', name: 'two' });
    assert.deepEqual(await folders(driver), [['f1', 'two', null]]);
  }),
  'by-several': must('goes by several keys together', async ({ driver }) => {
    await driver.upsert('booking', { day: '2026-01-01', room: 'r1', guest: 'a' }, ['day', 'room']);
    await driver.upsert('booking', { day: '2026-01-01', room: 'r2', guest: 'b' }, ['day', 'room']);
    await driver.upsert('booking', { day: '2026-01-01', room: 'r1', guest: 'c' }, ['day', 'room']);
    assert.deepEqual(
      (await driver.find('booking', { orderBy: [{ field: 'room' }] })).map(({ guest }) => guest),
      ['c', 'b'],
    );
  }),
  'key-without-value': must('refuses a key that is unknown or has no plain value', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', code: 'C1' });
    for (const [data, keys] of [
      [{ name: 'Bolt' }, ['code']],
      [{ name: 'Bolt', code: null }, ['code']],
      [{ name: 'Bolt', code: { $ne: null } }, ['code']],
      [{ name: 'Bolt' }, ['nothing']],
      [{ name: 'Bolt', tags: ['a'] }, ['tags']],
      [{ name: 'Bolt' }, []],
    ] as const)
      await refused(driver.upsert('account', data, keys), 'validation_failed');
    assert.deepEqual(
      (await driver.find('account')).map(({ name }) => name),
      ['Acme'],
    );
  }),
  ambiguous: must('refuses a key that several records have', async ({ driver }) => {
    await driver.create('folder', { id: 'f1', name: 'same' });
    await driver.create('folder', { id: 'f2', name: 'same' });
    await refused(driver.upsert('folder', { name: 'same' }, ['name']), 'unique_violation');
  }),
  concurrent: must('makes one record however many ask at once', async ({ driver }) => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const { id } = await driver.upsert('account', { name: `at ${index}`, code: 'C1' }, ['code']);
        return id;
      }),
    );
    assert.equal(new Set(ids).size, 1);
    assert.equal((await driver.find('account')).length, 1);
  }),
};

export const deleteChecks: DriverChecks = {
  answers: must('is true when there was a record and false when there was none', async ({ driver }) => {
    await driver.create('folder', { id: 'f1' });
    assert.equal(await driver.delete('folder', 'f1'), true);
    assert.equal(await driver.delete('folder', 'f1'), false);
    assert.deepEqual(await folders(driver), []);
  }),
  restrict: must('is refused while a record refers to it whose lookup restricts', async ({ driver }) => {
    await driver.create('account', { id: 'a1', name: 'Acme' });
    const { id } = await driver.create('invoice', { account: 'a1', amount: 1 });
    await refused(driver.delete('account', 'a1'), 'foreign_key_violation');
    await driver.delete('invoice', id);
    assert.equal(await driver.delete('account', 'a1'), true);
  }),
  'set-null': must('empties lookups that say nothing else', async ({ driver }) => {
    await driver.create('account', { id: 'a1', name: 'Acme' });
    await driver.create('contact', { id: 'c1', account: 'a1' });
    await driver.delete('account', 'a1');
    assert.equal((await driver.findOne('contact', { where: { id: 'c1' } }))?.account, null);
  }),
  cascade: must(
    'takes along what refers to it by a lookup that cascades, however deep',
    async ({ driver }) => {
      await driver.create('folder', { id: 'f1' });
      await driver.create('folder', { id: 'f2', parent: 'f1' });
      await driver.create('folder', { id: 'f3', parent: 'f2' });
      await driver.create('folder', { id: 'f4' });
      await driver.delete('folder', 'f1');
      assert.deepEqual(await folders(driver), [['f4', null, null]]);
    },
  ),
};

export const bulkChecks: DriverChecks = {
  'create-in-order': ifCapable(
    'bulkCreate',
    'bulkCreate returns the records in the order in which they were given',
    async ({ driver }) => {
      const names = Array.from({ length: 30 }, (_, index) => `n${(index * 7) % 30}`);
      const made = await driver.bulkCreate(
        'folder',
        names.map((name) => ({ name })),
      );
      assert.deepEqual(
        made.map(({ name }) => name),
        names,
      );
      assert.equal(new Set(made.map(({ id }) => id)).size, 30);
      assert.equal((await driver.find('folder')).length, 30);
    },
  ),
  'create-defaults': ifCapable(
    'bulkCreate',
    'bulkCreate fills defaults and numbers like create',
    async ({ driver }) => {
      const made = await driver.bulkCreate('account', [{ name: 'Acme' }, { name: 'Bolt', status: 'closed' }]);
      assert.deepEqual(
        made.map(({ status, number, origin }) => [status, number, origin]),
        [
          ['open', 'A-001', 'web'],
          ['closed', 'A-002', 'web'],
        ],
      );
    },
  ),
  'create-all-or-none': ifCapable(
    'bulkCreate',
    'bulkCreate adds none when one is refused',
    async ({ driver }) => {
      const work = driver.bulkCreate('account', [
        { name: 'Acme', code: 'C1' },
        { name: 'Bolt', code: 'C1' },
      ]);
      await refused(work, 'unique_violation');
      assert.deepEqual(await driver.find('account'), []);
    },
  ),
  'create-tells-all': ifCapable(
    'bulkCreate',
    'bulkCreate tells the broken rules of all records, each with its index',
    async ({ driver }) => {
      const work = driver.bulkCreate('account', [
        { name: 'A' },
        { name: 'Bolt' },
        { name: 'Cone', budget: -1 },
      ]);
      const { details } = await refused(work, 'validation_failed');
      assert.deepEqual(
        (details.violations as { field: string; rule: string; index: number }[]).map(
          ({ field, rule, index }) => [index, field, rule],
        ),
        [
          [0, 'name', 'min_length'],
          [2, 'budget', 'min'],
        ],
      );
      assert.deepEqual(await driver.find('account'), []);
    },
  ),
  'create-nothing': ifCapable('bulkCreate', 'bulkCreate of nothing is nothing', async ({ driver }) => {
    assert.deepEqual(await driver.bulkCreate('folder', []), []);
  }),
  'update-in-order': ifCapable(
    'bulkUpdate',
    'bulkUpdate changes each record and returns them in order',
    async (trial) => {
      await threeFolders(trial);
      const changed = await trial.driver.bulkUpdate('folder', [
        { id: 'f2', data: { name: 'second' } },
        { id: 'f1', data: { parent: 'f2' } },
      ]);
      assert.deepEqual(
        changed.map(({ id, name, parent }) => [id, name, parent]),
        [
          ['f2', 'second', null],
          ['f1', 'one', 'f2'],
        ],
      );
    },
  ),
  'update-all-or-none': ifCapable(
    'bulkUpdate',
    'bulkUpdate changes none when one does not exist',
    async (trial) => {
      await threeFolders(trial);
      const work = trial.driver.bulkUpdate('folder', [
        { id: 'f1', data: { name: 'new' } },
        { id: 'f9', data: { name: 'new' } },
      ]);
      await refused(work, 'record_not_found');
      assert.deepEqual(await folders(trial.driver), UNTOUCHED);
    },
  ),
  delete: ifCapable(
    'bulkDelete',
    'bulkDelete deletes what exists and passes over the rest',
    async (trial) => {
      await threeFolders(trial);
      await trial.driver.bulkDelete('folder', ['f1', 'f9', 'f3']);
      await trial.driver.bulkDelete('folder', []);
      assert.deepEqual(await folders(trial.driver), [['f2', 'two', null]]);
    },
  ),
  'delete-all-or-none': ifCapable(
    'bulkDelete',
    'bulkDelete deletes none when one is referred to',
    async ({ driver }) => {
      await driver.create('account', { id: 'a1', name: 'Acme' });
      await driver.create('account', { id: 'a2', name: 'Bolt' });
      await driver.create('invoice', { account: 'a2' });
      await refused(driver.bulkDelete('account', ['a1', 'a2']), 'foreign_key_violation');
      assert.equal((await driver.find('account')).length, 2);
    },
  ),
};

export const manyChecks: DriverChecks = {
  'update-counts': must('updateMany changes what matches and returns how many', async (trial) => {
    await threeFolders(trial);
    const where = { name: { $ne: 'one' } };
    assert.equal(await trial.driver.updateMany('folder', { where }, { parent: 'f1' }), 2);
    assert.deepEqual(await folders(trial.driver), [
      ['f1', 'one', null],
      ['f2', 'two', 'f1'],
      ['f3', null, 'f1'],
    ]);
  }),
  'update-rules': must('updateMany keeps the rules of update', async ({ driver }) => {
    await driver.create('account', { name: 'Acme' });
    await refused(driver.updateMany('account', { where: {} }, { budget: -1 }), 'validation_failed');
    await refused(driver.updateMany('account', { where: {} }, { name: null }), 'validation_failed');
    await refused(driver.updateMany('account', { where: {} }, { id: 'x' }), 'validation_failed');
  }),
  'delete-counts': must('deleteMany deletes what matches and returns how many', async (trial) => {
    await threeFolders(trial);
    assert.equal(await trial.driver.deleteMany('folder', { where: { name: { $in: ['one', 'x'] } } }), 1);
    assert.equal((await trial.driver.find('folder')).length, 2);
    assert.equal(await trial.driver.deleteMany('folder', { where: {} }), 2);
  }),
  'empty-or': must('an $or of nothing matches nothing: deleteMany deletes nothing', async (trial) => {
    await threeFolders(trial);
    assert.equal(await trial.driver.deleteMany('folder', { where: { $or: [] } }), 0);
    assert.deepEqual(await folders(trial.driver), UNTOUCHED);
  }),
  'empty-in': must('an $in of nothing matches nothing: deleteMany deletes nothing', async (trial) => {
    await threeFolders(trial);
    assert.equal(await trial.driver.deleteMany('folder', { where: { name: { $in: [] } } }), 0);
    assert.deepEqual(await folders(trial.driver), UNTOUCHED);
  }),
  'delete-mistakes': must(
    'deleteMany refuses a missing or mistaken filter and deletes nothing',
    async (trial) => {
      await threeFolders(trial);
      for (const [query, code] of MISTAKES)
        await refused(trial.driver.deleteMany('folder', query as { where: Filter }), code);
      assert.deepEqual(await folders(trial.driver), UNTOUCHED);
    },
  ),
  'update-mistakes': must(
    'updateMany refuses a missing or mistaken filter and changes nothing',
    async (trial) => {
      await threeFolders(trial);
      for (const [query, code] of MISTAKES)
        await refused(trial.driver.updateMany('folder', query as { where: Filter }, { name: 'x' }), code);
      assert.deepEqual(await folders(trial.driver), UNTOUCHED);
    },
  ),
};

export const autonumberChecks: DriverChecks = {
  'counts-up': must('numbers records one after the other in the pattern of the field', async ({ driver }) => {
    await driver.create('account', { name: 'Acme' });
    await driver.create('account', { name: 'Bolt' });
    await driver.upsert('account', { name: 'Cone', code: 'C1' }, ['code']);
    assert.deepEqual(
      (await driver.find('account', { orderBy: [{ field: 'number' }] })).map(({ number }) => number),
      ['A-001', 'A-002', 'A-003'],
    );
  }),
  'no-gaps': must('leaves no gap for a record that was refused', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', code: 'C1' });
    await refused(driver.create('account', { name: 'Bolt', code: 'C1' }), 'unique_violation');
    await refused(driver.create('account', { name: 'B' }), 'validation_failed');
    assert.equal((await driver.create('account', { name: 'Bolt' })).number, 'A-002');
  }),
  'never-again': must('never gives a number again, though its record was deleted', async ({ driver }) => {
    const { id } = await driver.create('account', { name: 'Acme' });
    await driver.delete('account', id);
    assert.equal((await driver.create('account', { name: 'Bolt' })).number, 'A-002');
  }),
  'goes-on': must('goes on after a number that a system write set', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', number: 'A-041' }, { system: true });
    assert.equal((await driver.create('account', { name: 'Bolt' })).number, 'A-042');
    await driver.create('account', { name: 'Cone', number: 'A-007' }, { system: true });
    assert.equal((await driver.create('account', { name: 'Dune' })).number, 'A-043');
  }),
  concurrent: must(
    'gives records that are made at once numbers without gap or double',
    async ({ driver }) => {
      const made = await Promise.all(
        Array.from({ length: 12 }, (_, index) => driver.create('account', { name: `at ${index}` })),
      );
      assert.deepEqual(
        made.map(({ number }) => number).sort(),
        Array.from({ length: 12 }, (_, index) => `A-${String(index + 1).padStart(3, '0')}`),
      );
    },
  ),
};

export const severalDriversChecks: DriverChecks = {
  'sees-writes': withAnother('what one driver has written, another reads', async ({ driver, another }) => {
    const other = await another();
    const made = await driver.create('folder', { name: 'one' });
    assert.deepEqual(await other.find('folder'), [made]);
    await other.update('folder', made.id, { name: 'two' });
    assert.equal((await driver.findOne('folder'))?.name, 'two');
  }),
  'loses-nothing': withAnother(
    'what several drivers write at once is all there',
    async ({ driver, another }) => {
      const drivers = [driver, await another(), await another()];
      await Promise.all(
        drivers.flatMap((one, at) =>
          Array.from({ length: 10 }, (_, index) =>
            one.create('account', { name: `by ${at}`, code: `${at}-${index}` }),
          ),
        ),
      );
      const numbers = (await driver.find('account')).map(({ number }) => number).sort();
      assert.deepEqual(
        numbers,
        Array.from({ length: 30 }, (_, index) => `A-${String(index + 1).padStart(3, '0')}`),
      );
    },
  ),
};
