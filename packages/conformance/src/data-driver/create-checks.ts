import assert from 'node:assert/strict';
import type { RecordViolation } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { adapting, type DriverChecks, ifCapable, must } from './driver-trial.js';
import { AUTONUMBER } from './sample-accounts.js';

const KINDS = ['jsonFields', 'arrayFields'] as const;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export const createChecks: DriverChecks = {
  'returns-stored': adapting(
    KINDS,
    must('returns the record as stored, with every field', async ({ driver }) => {
      const { jsonFields, arrayFields } = driver.supports;
      const given = { id: 'a1', name: 'Acme', budget: 1.5, ...(arrayFields && { tags: ['x'] }) };
      const made = await driver.create('account', given);
      const { created_at, updated_at, joined_on, number, ...rest } = made;
      assert.deepEqual(rest, {
        ...{
          id: 'a1',
          name: 'Acme',
          code: null,
          nick: null,
          status: 'open',
          budget: 1.5,
          limit_amount: null,
        },
        ...{ active: null, opened_on: null, seen_at: null, calls_at: null, notes: null, email: null },
        ...{
          origin: 'web',
          author: null,
          ...(arrayFields && { tags: ['x'] }),
          ...(jsonFields && { extra: null }),
        },
      });
      assert.match(String(number), AUTONUMBER);
      assert.match(String(created_at), INSTANT);
      assert.equal(updated_at, created_at);
      assert.equal(joined_on, String(created_at).slice(0, 10));
      assert.deepEqual(await driver.find('account'), [made]);
    }),
  ),
  'makes-ids': must('generates a UUIDv7 if no id is given', async ({ driver }) => {
    const first = await driver.create('folder', {});
    const second = await driver.create('folder', {});
    for (const { id } of [first, second]) assert.match(id, UUID_V7);
    assert.notEqual(first.id, second.id);
  }),
  'default-of-options': must('sets the default option', async ({ driver }) => {
    assert.equal((await driver.create('account', { name: 'Acme' })).status, 'open');
    assert.equal((await driver.create('account', { name: 'Acme', status: null })).status, null);
  }),
  'default-current-user': must('stores the actor if the default is the current user', async ({ driver }) => {
    assert.equal((await driver.create('account', { name: 'Acme' }, { actor: 'u1' })).author, 'u1');
  }),
  'default-expression': ifCapable(
    'expressionDefaults',
    'stores the values of defaults that are CEL expressions, at the time of the write and for its actor',
    async ({ driver }) => {
      const made = await driver.create('evaluated', {}, { actor: 'u1' });
      const { due, starts_at, size, author, is_new, created_at } = made;
      const week = new Date(Date.parse(String(created_at)) + WEEK_MS).toISOString().slice(0, 10);
      assert.deepEqual([due, starts_at, size, author, is_new], [week, created_at, 5, 'u1', true]);
      const given = await driver.create('evaluated', {
        due: null,
        size: 1,
        author: undefined,
        is_new: false,
      });
      assert.deepEqual([given.due, given.size, given.author, given.is_new], [null, 1, null, false]);
    },
  ),
  'default-without-value': ifCapable(
    'expressionDefaults',
    'leaves out a default that is a CEL expression without a value that the field can store',
    async ({ driver }) => {
      const { no_function, no_syntax, no_number, no_option } = await driver.create('evaluated', {});
      assert.deepEqual([no_function, no_syntax, no_number, no_option], [null, null, null, null]);
    },
  ),
  'undefined-is-absent': must('treats undefined as a missing value', async ({ driver }) => {
    const made = await driver.create('account', { name: 'Acme', status: undefined, notes: undefined });
    assert.equal(made.status, 'open');
    assert.equal(made.notes, null);
  }),
  'counts-characters': must('counts characters, not code units, for a length limit', async ({ driver }) => {
    await driver.create('account', { name: '😀'.repeat(20) });
  }),
  range: must('accepts the bounds of the range of a number', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', budget: 0 });
    await driver.create('account', { name: 'Acme', budget: 1_000_000 });
  }),
  'unique-in-other-case': must(
    'accepts a value of a unique field that differs from another only in case',
    async ({ driver }) => {
      await driver.create('account', { name: 'Acme', code: 'C1' });
      await driver.create('account', { name: 'Bolt', code: 'c1' });
    },
  ),
  'unique-empty': must('accepts many records without a value in a unique field', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', code: null });
    await driver.create('account', { name: 'Bolt', code: null });
  }),
  'unique-together': must(
    'accepts combinations of values in a unique index that differ or lack a value',
    async ({ driver }) => {
      await driver.create('booking', { day: '2026-01-01', room: 'r1' });
      await driver.create('booking', { day: '2026-01-02', room: 'r1' });
      await driver.create('booking', { day: '2026-01-01', room: null });
      await driver.create('booking', { day: '2026-01-01', room: null });
    },
  ),
  'keeps-values-secret': adapting(
    ['queryFilters'],
    must('includes no record values in errors', async ({ driver }) => {
      await driver.create('account', { name: 'Acme', code: 'sesame-1', nick: 'sesame-2' });
      const errors = [
        await refused(driver.create('account', { name: 'Acme', code: 'sesame-1' }), 'unique_violation'),
        await refused(driver.create('account', { name: `sesame-${'x'.repeat(20)}` }), 'validation_failed'),
        await refused(driver.create('contact', { account: 'sesame-3' }), 'foreign_key_violation'),
      ];
      const filtered = () => driver.find('account', { where: { budget: 'sesame-4' } });
      if (driver.supports.queryFilters) errors.push(await refused(filtered(), 'invalid_filter'));
      for (const error of errors) {
        const text = `${error.message} ${JSON.stringify(error.details)} ${String(error.cause ?? '')}`;
        assert.ok(!text.includes('sesame'), `The ${error.code} error contains a record value.`);
      }
    }),
  ),
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
      for (const wrong of [{ name: 'A' }, { name: 'Acme', opened_on: '2026-01-01T00:00:00.000Z' }])
        await refused(driver.create('account', wrong, { system: true }), 'validation_failed');
    },
  ),
};
