import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type DriverChecks, must } from './driver-trial.js';
import { folders } from './sample-folders.js';

export const updateChecks: DriverChecks = {
  'changes-what-is-given': must(
    'updates the given fields and returns the whole record',
    async ({ driver }) => {
      const made = await driver.create('account', { name: 'Acme', code: 'C1', tags: ['a'] });
      const changed = await driver.update('account', made.id, { code: 'C2', notes: 'new' });
      assert.deepEqual(changed, { ...made, code: 'C2', notes: 'new', updated_at: changed.updated_at });
      assert.deepEqual(await driver.find('account'), [changed]);
    },
  ),
  empties: must(
    'clears a field given as null, and leaves a field given as undefined unchanged',
    async ({ driver }) => {
      const { id } = await driver.create('account', { name: 'Acme', code: 'C1', notes: 'n' });
      const changed = await driver.update('account', id, { code: null, notes: undefined });
      assert.deepEqual([changed.code, changed.notes], [null, 'n']);
    },
  ),
  missing: must('rejects an unknown id with record_not_found', async ({ driver }) => {
    await refused(driver.update('folder', 'f9', { name: 'x' }), 'record_not_found');
    assert.deepEqual(await folders(driver), []);
  }),
  rules: must('enforces the same rules as create, and does not clear required fields', async ({ driver }) => {
    const { id } = await driver.create('account', { name: 'Acme', code: 'C1' });
    await driver.create('account', { name: 'Bolt', code: 'C2' });
    await refused(driver.update('account', id, { name: null }), 'validation_failed');
    await refused(driver.update('account', id, { budget: -1, nothing: 1 }), 'validation_failed');
    await refused(driver.update('account', id, { origin: 'x' }), 'validation_failed');
    await refused(driver.update('account', id, { code: 'C2' }), 'unique_violation');
    await refused(driver.update('account', id, null as never), 'invalid_request');
  }),
  'keeps-identity': must(
    'preserves id and creation time, and advances the time of the last write',
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
  creates: must('creates a record if none matches, with its defaults', async ({ driver }) => {
    const made = await driver.upsert('account', { name: 'Acme', code: 'C1' }, ['code']);
    assert.deepEqual([made.code, made.status], ['C1', 'open']);
    assert.equal(await driver.count('account'), 1);
  }),
  updates: must(
    'updates the record with the key values, and preserves its id and creation time',
    async ({ driver }) => {
      const made = await driver.create('account', { name: 'Acme', code: 'C1', notes: 'n' });
      const changed = await driver.upsert('account', { id: 'other', name: 'Bolt', code: 'C1' }, ['code']);
      assert.deepEqual(changed, { ...made, name: 'Bolt', updated_at: changed.updated_at });
      assert.deepEqual(await driver.find('account'), [changed]);
    },
  ),
  'by-id': must('uses the id if no key is given', async ({ driver }) => {
    await driver.upsert('folder', { id: 'f1', name: 'one' });
    await driver.upsert('folder', { id: 'f1', name: 'two' });
    assert.deepEqual(await folders(driver), [['f1', 'two', null]]);
  }),
  'by-several': must('uses several keys together', async ({ driver }) => {
    await driver.upsert('booking', { day: '2026-01-01', room: 'r1', guest: 'a' }, ['day', 'room']);
    await driver.upsert('booking', { day: '2026-01-01', room: 'r2', guest: 'b' }, ['day', 'room']);
    await driver.upsert('booking', { day: '2026-01-01', room: 'r1', guest: 'c' }, ['day', 'room']);
    assert.deepEqual(
      (await driver.find('booking', { orderBy: [{ field: 'room' }] })).map(({ guest }) => guest),
      ['c', 'b'],
    );
  }),
  'key-without-value': must('rejects a key that is unknown or has no scalar value', async ({ driver }) => {
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
  ambiguous: must('rejects key values that several records have', async ({ driver }) => {
    await driver.create('folder', { id: 'f1', name: 'same' });
    await driver.create('folder', { id: 'f2', name: 'same' });
    await refused(driver.upsert('folder', { name: 'same' }, ['name']), 'unique_violation');
  }),
  concurrent: must('creates one record in concurrent calls', async ({ driver }) => {
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
