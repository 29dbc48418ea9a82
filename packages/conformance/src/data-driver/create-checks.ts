import assert from 'node:assert/strict';
import type { RecordViolation } from '@objectstack/spec/contracts';
import type { Cursor, Filter } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverChecks, must, withAnother } from './driver-trial.js';
import { SAMPLE_ROUNDS, sampleRecord, wrongValues } from './sample-values.js';
import { PLAIN_TYPES } from './suite-objects.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Field and rule of each violation, in the order of the fields. */
async function violationsOf(work: Promise<unknown>): Promise<string[]> {
  const { details } = await refused(work, 'validation_failed');
  return (details.violations as RecordViolation[]).map(({ field, rule }) => `${field} ${rule}`).sort();
}

export const createChecks: DriverChecks = {
  'returns-stored': must('returns the record as stored, with every field', async ({ driver }) => {
    const made = await driver.create('account', { id: 'a1', name: 'Acme', budget: 1.5, tags: ['x'] });
    const { created_at, updated_at, joined_on, ...rest } = made;
    assert.deepEqual(rest, {
      ...{ id: 'a1', name: 'Acme', code: null, nick: null, status: 'open', budget: 1.5, limit_amount: null },
      ...{ active: null, opened_on: null, seen_at: null, calls_at: null, notes: null, email: null },
      ...{ tags: ['x'], extra: null, origin: 'web', author: null, number: 'A-001' },
    });
    assert.match(String(created_at), INSTANT);
    assert.equal(updated_at, created_at);
    assert.equal(joined_on, String(created_at).slice(0, 10));
    assert.deepEqual(await driver.find('account'), [made]);
  }),
  'makes-ids': must('generates an id if none is given', async ({ driver }) => {
    const first = await driver.create('folder', {});
    const second = await driver.create('folder', {});
    assert.equal(typeof first.id, 'string');
    assert.notEqual(first.id, '');
    assert.notEqual(first.id, second.id);
  }),
  'taken-id': must('rejects an existing id with unique_violation', async ({ driver }) => {
    await driver.create('folder', { id: 'f1', name: 'first' });
    await refused(driver.create('folder', { id: 'f1', name: 'second' }), 'unique_violation');
    assert.deepEqual(
      (await driver.find('folder')).map(({ name }) => name),
      ['first'],
    );
  }),
  'default-of-options': must('sets the default option', async ({ driver }) => {
    assert.equal((await driver.create('account', { name: 'Acme' })).status, 'open');
    assert.equal((await driver.create('account', { name: 'Acme', status: null })).status, null);
  }),
  'default-current-user': must('stores the actor if the default is the current user', async ({ driver }) => {
    assert.equal((await driver.create('account', { name: 'Acme' }, { actor: 'u1' })).author, 'u1');
  }),
  'undefined-is-absent': must('treats undefined as a missing value', async ({ driver }) => {
    const made = await driver.create('account', { name: 'Acme', status: undefined, notes: undefined });
    assert.equal(made.status, 'open');
    assert.equal(made.notes, null);
  }),
  'all-violations': must('reports all violations at once', async ({ driver }) => {
    const work = driver.create('account', {
      ...{ name: 'A', budget: -1, status: 'other', email: 'no_such_id', active: 'yes' },
      ...{ label: 'x', origin: 'x', number: 'x', nothing: 1 },
    });
    assert.deepEqual(await violationsOf(work), [
      'active type',
      'budget min',
      'email format',
      'label computed',
      'name min_length',
      'nothing unknown_field',
      'number readonly',
      'origin readonly',
      'status option',
    ]);
    assert.deepEqual(await driver.find('account'), []);
  }),
  required: must('rejects a missing required value: absent, null or an empty text', async ({ driver }) => {
    for (const data of [{}, { name: null }])
      assert.deepEqual(await violationsOf(driver.create('account', data)), ['name required']);
    assert.ok((await violationsOf(driver.create('account', { name: '' }))).includes('name required'));
  }),
  'counts-characters': must('counts characters, not code units, for a length limit', async ({ driver }) => {
    await driver.create('account', { name: '😀'.repeat(20) });
    assert.deepEqual(await violationsOf(driver.create('account', { name: '😀'.repeat(21) })), [
      'name max_length',
    ]);
    assert.deepEqual(await violationsOf(driver.create('account', { name: '😀' })), ['name min_length']);
  }),
  'days-are-no-instants': must(
    'rejects a timestamp for a date in records, keys, filter lists and cursors',
    async ({ driver }) => {
      for (const instant of ['2026-01-01T00:00:00.000Z', '2025-12-31T23:30:00-02:00', new Date(0)]) {
        const data = { name: 'Acme', opened_on: instant };
        const violations = ['opened_on type'];
        assert.deepEqual(await violationsOf(driver.create('account', data)), violations);
        assert.deepEqual(await violationsOf(driver.create('account', data, { system: true })), violations);
        assert.deepEqual(await violationsOf(driver.upsert('account', data, ['opened_on'])), violations);
        for (const opened_on of [instant, { $lt: instant }, { $in: ['2026-01-01', instant] }])
          await refused(driver.find('account', { where: { opened_on } as Filter }), 'invalid_filter');
        const cursor = { opened_on: instant, id: 'a' } as Cursor;
        const page = driver.find('account', { orderBy: [{ field: 'opened_on' }], cursor });
        await refused(page, 'invalid_query');
      }
      assert.deepEqual(await driver.find('account'), []);
    },
  ),
  range: must('rejects numbers outside of the range and accepts its bounds', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', budget: 0 });
    await driver.create('account', { name: 'Acme', budget: 1_000_000 });
    assert.deepEqual(await violationsOf(driver.create('account', { name: 'Acme', budget: 1_000_001 })), [
      'budget max',
    ]);
  }),
  'strange-names': must(
    'rejects names that every JavaScript object inherits as unknown fields',
    async ({ driver }) => {
      const data = JSON.parse('{"name": "Acme", "__proto__": 1, "constructor": 1, "toString": 1}');
      assert.deepEqual(await violationsOf(driver.create('account', data)), [
        '__proto__ unknown_field',
        'constructor unknown_field',
        'toString unknown_field',
      ]);
    },
  ),
  'not-an-object': must(
    'rejects an argument that is not an object with invalid_request',
    async ({ driver }) => {
      for (const data of [null, [], 'x', 1, new Map(), Promise.resolve({ name: 'Acme' }), new Date()])
        await refused(driver.create('account', data as never), 'invalid_request');
    },
  ),
  unique: must(
    'rejects a duplicate value of a unique field, and names object and field',
    async ({ driver }) => {
      await driver.create('account', { name: 'Acme', code: 'C1' });
      const error = await refused(driver.create('account', { name: 'Bolt', code: 'C1' }), 'unique_violation');
      assert.deepEqual([error.details.object, error.details.fields], ['account', ['code']]);
      await driver.create('account', { name: 'Bolt', code: 'c1' });
    },
  ),
  'unique-ignores-case': must(
    'rejects a duplicate that differs only in case if the field is case-insensitive',
    async ({ driver }) => {
      await driver.create('account', { name: 'Acme', nick: 'Ace' });
      await refused(driver.create('account', { name: 'Bolt', nick: 'aCE' }), 'unique_violation');
    },
  ),
  'unique-empty': must('accepts many records without a value in a unique field', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', code: null });
    await driver.create('account', { name: 'Bolt', code: null });
  }),
  'unique-together': must(
    'rejects a duplicate combination of values in a unique index',
    async ({ driver }) => {
      await driver.create('booking', { day: '2026-01-01', room: 'r1' });
      await driver.create('booking', { day: '2026-01-02', room: 'r1' });
      await driver.create('booking', { day: '2026-01-01', room: null });
      await driver.create('booking', { day: '2026-01-01', room: null });
      const error = await refused(
        driver.create('booking', { day: '2026-01-01', room: 'r1' }),
        'unique_violation',
      );
      assert.deepEqual(error.details.fields, ['day', 'room']);
    },
  ),
  reference: must('rejects a lookup to a missing record with foreign_key_violation', async ({ driver }) => {
    await refused(driver.create('contact', { account: 'no_such_id' }), 'foreign_key_violation');
    assert.deepEqual(await driver.find('contact'), []);
  }),
  'keeps-values-secret': must('includes no record values in errors', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', code: 'sesame-1', nick: 'sesame-2' });
    const errors = [
      await refused(driver.create('account', { name: 'Acme', code: 'sesame-1' }), 'unique_violation'),
      await refused(driver.create('account', { name: `sesame-${'x'.repeat(20)}` }), 'validation_failed'),
      await refused(driver.create('contact', { account: 'sesame-3' }), 'foreign_key_violation'),
      await refused(driver.find('account', { where: { budget: 'sesame-4' } }), 'invalid_filter'),
    ];
    for (const error of errors) {
      const text = `${error.message} ${JSON.stringify(error.details)} ${String(error.cause ?? '')}`;
      assert.ok(!text.includes('sesame'), `The ${error.code} error contains a record value.`);
    }
  }),
  'system-write': must(
    'lets a system write set readonly fields and reports violations of required fields and options',
    async ({ driver }) => {
      const heard: RecordViolation[] = [];
      const onViolation = (violation: RecordViolation) => heard.push(violation);
      const made = await driver.create(
        'account',
        { origin: 'import', status: 'odd', number: 'A-041', created_at: '2020-01-01T00:00:00.000Z' },
        { system: true, onViolation },
      );
      assert.deepEqual(
        [made.name, made.origin, made.status, made.number, made.created_at],
        [null, 'import', 'odd', 'A-041', '2020-01-01T00:00:00.000Z'],
      );
      assert.deepEqual(heard.map(({ field, rule }) => `${field} ${rule}`).sort(), [
        'name required',
        'status option',
      ]);
      await refused(driver.create('account', { name: 'A' }, { system: true }), 'validation_failed');
    },
  ),
};

export const valueChecks: DriverChecks = {
  'round-trip': must('every field type returns the value that was written', async ({ driver }) => {
    for (let round = 0; round < SAMPLE_ROUNDS; round++) {
      const { given, stored } = sampleRecord(round);
      const made = await driver.create('everything', given);
      const { id, created_at, updated_at, ...values } = made;
      assert.deepEqual(values, stored);
      assert.deepEqual(await driver.findOne('everything', { where: { id } }), made);
    }
  }),
  'round-trip-elsewhere': withAnother(
    'every field type returns the written value to a driver that opens the database later',
    async (trial) => {
      const made = await trial.driver.create('everything', sampleRecord(0).given);
      const other = await trial.another();
      assert.deepEqual(await other.findOne('everything', { where: { id: made.id } }), made);
    },
  ),
  refuses: must('an invalid value of a field type is rejected and not stored', async ({ driver }) => {
    for (const type of PLAIN_TYPES) {
      for (const value of wrongValues(type)) {
        const violations = await violationsOf(driver.create('everything', { [`a_${type}`]: value }));
        assert.match(violations.join(), new RegExp(`^a_${type} (type|format)$`), `${type}: ${String(value)}`);
      }
    }
    assert.deepEqual(await driver.find('everything'), []);
  }),
};
