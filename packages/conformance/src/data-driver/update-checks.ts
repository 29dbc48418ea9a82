import assert from 'node:assert/strict';
import { type DriverChecks, must } from './driver-trial.js';
import { folders } from './sample-folders.js';

export const updateChecks: DriverChecks = {
  'changes-what-is-given': must(
    'updates the given fields and returns the whole record',
    async ({ driver }) => {
      const made = await driver.create('account', { name: 'Acme', code: 'C1', budget: 1 });
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
  'keeps-identity': must(
    'preserves id and creation time, and advances the time of the last write',
    async ({ driver }) => {
      const made = await driver.create(
        'folder',
        { id: 'f1', created_at: '2020-01-01T00:00:00.000Z', updated_at: '2020-01-01T00:00:00.000Z' },
        { system: true },
      );
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
    assert.deepEqual((await driver.find('booking')).map(({ room, guest }) => `${room} ${guest}`).sort(), [
      'r1 c',
      'r2 b',
    ]);
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
