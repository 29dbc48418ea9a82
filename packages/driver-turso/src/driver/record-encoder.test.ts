import type { RecordViolation } from '@objectstack/spec/contracts';
import { DEFAULT_TOKENS } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

const OPTIONS = [
  { label: 'A', value: 'a', default: true },
  { label: 'B', value: 'b' },
];
const RULED = object('thing', {
  name: { type: 'text', required: true, minLength: 2, maxLength: 3 },
  amount: { type: 'number', min: 1, max: 2 },
  choice: { type: 'select', options: OPTIONS },
  choices: { type: 'multiselect', options: OPTIONS },
  mail: { type: 'email' },
  link: { type: 'url' },
  fixed: { type: 'text', readonly: true },
  number: { type: 'autonumber' },
  sum: { type: 'formula' },
});

async function violationsOf(call: Promise<unknown>): Promise<RecordViolation[]> {
  const error = await call.then(
    () => null,
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ code: 'validation_failed' });
  expect(JSON.stringify(error)).not.toContain('hidden');
  return error.details.violations.map(({ field, rule }: RecordViolation) => ({ field, rule }));
}

const BROKEN = {
  name: 'h',
  amount: 0,
  choice: 'hidden',
  choices: ['a', 'hidden'],
  mail: 'hidden',
  link: 'javascript:hidden',
  fixed: 'hidden',
  number: 'hidden',
  sum: 'hidden',
  nothing: 'hidden',
  id: 'x'.repeat(256),
};
const RULES = [
  ['name', 'min_length'],
  ['amount', 'min'],
  ['choice', 'option'],
  ['choices', 'option'],
  ['mail', 'format'],
  ['link', 'format'],
  ['fixed', 'readonly'],
  ['number', 'readonly'],
  ['sum', 'computed'],
  ['nothing', 'unknown_field'],
];

describe('encodeNewRecord', () => {
  it('names every broken rule at once', async () => {
    const { driver } = await freshDatabase([RULED]);
    const violations = await violationsOf(driver.create('thing', BROKEN));
    const expected = [...RULES, ['id', 'max_length']].map(([field, rule]) => ({ field, rule }));
    expect(violations).toEqual(expected);
    expect(await violationsOf(driver.create('thing', { amount: 3 }))).toEqual([
      { field: 'amount', rule: 'max' },
      { field: 'name', rule: 'required' },
    ]);
    expect(await violationsOf(driver.create('thing', { name: 'four' }))).toEqual([
      { field: 'name', rule: 'max_length' },
    ]);
    expect(await driver.count('thing')).toBe(0);
  });

  it.each([null, [], 'text', 1])('refuses %j as a record', async (data) => {
    const { driver } = await freshDatabase([RULED]);
    for (const call of [
      driver.create('thing', data as never),
      driver.update('thing', 'x', data as never),
      driver.upsert('thing', data as never),
    ])
      await expect(call).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('fills in defaults, and leaves alone what was given', async () => {
    const { driver } = await freshDatabase([RULED]);
    expect(await driver.create('thing', { name: 'ab' })).toMatchObject({
      choice: 'a',
      choices: ['a'],
      number: '1',
    });
    expect(await driver.create('thing', { name: 'ab', choice: null })).toMatchObject({
      choice: null,
      number: '2',
    });
    expect(await driver.create('thing', { name: 'ab', choice: undefined })).toMatchObject({ choice: 'a' });
  });

  it.each(Object.entries(DEFAULT_TOKENS))('evaluates %s on write', async (token, meaning) => {
    const fields = {
      moment: { type: 'datetime', ...(meaning === 'now' && { defaultValue: token }) },
      day: { type: 'date', ...(meaning !== 'current_user' && { defaultValue: token }) },
      user: { type: 'text', ...(meaning === 'current_user' && { defaultValue: token }) },
    };
    const { driver } = await freshDatabase([object('thing', fields)]);
    const record = await driver.create('thing', {}, { actor: 'u1' });
    const day = record.created_at?.toString().slice(0, 10);
    expect(record).toMatchObject({
      moment: meaning === 'now' ? record.created_at : null,
      day: meaning === 'current_user' ? null : day,
      user: meaning === 'current_user' ? 'u1' : null,
    });
    expect((await driver.create('thing', {})).user).toBeNull();
  });

  it('lets a system write set what is readonly and break rules about required and options, and tells', async () => {
    const { driver } = await freshDatabase([RULED]);
    const heard: RecordViolation[] = [];
    const created_at = '2020-01-01T00:00:00.000Z';
    const data = { fixed: 'x', number: '41', choice: 'z', created_at };
    const record = await driver.create('thing', data, {
      system: true,
      onViolation: (violation) => heard.push(violation),
    });
    expect(record).toMatchObject({ ...data, name: null });
    expect(heard).toEqual([
      { field: 'choice', rule: 'option' },
      { field: 'name', rule: 'required' },
    ]);
    expect(await driver.create('thing', { name: 'ab' })).toMatchObject({ number: '42' });
    expect(await violationsOf(driver.create('thing', { id: '' }, { system: true }))).toEqual([
      { field: 'id', rule: 'required' },
    ]);
    expect(
      await violationsOf(driver.create('thing', { nothing: 1, amount: 0 }, { system: true })),
    ).toHaveLength(2);
  });
});

describe('a required field', () => {
  const LISTED = object('thing', {
    tags: { type: 'text', multiple: true, required: true },
    choices: { type: 'multiselect', options: OPTIONS, required: true },
    extra: { type: 'json', required: true },
  });
  const full = { tags: ['x'], choices: ['a'], extra: {} };

  it.each([
    ['tags', []],
    ['choices', []],
    ['extra', ''],
  ])('%s refuses %j in a new record and in a change', async (field, value) => {
    const { driver } = await freshDatabase([LISTED]);
    const { id } = await driver.create('thing', full);
    const violations = [{ field, rule: 'required' }];
    expect(await violationsOf(driver.create('thing', { ...full, [field]: value }))).toEqual(violations);
    expect(await violationsOf(driver.update('thing', id, { [field]: value }))).toEqual(violations);
    expect(await driver.findOne('thing', { where: { id } })).toMatchObject(full);
  });
});

describe('encodeChanges', () => {
  it('looks only at the fields that are given', async () => {
    const { driver } = await freshDatabase([RULED]);
    const { id } = await driver.create('thing', {}, { system: true });
    expect(await driver.update('thing', id, { amount: 1 })).toMatchObject({ amount: 1, name: null });
    const { id: _id, ...broken } = BROKEN;
    const expected = RULES.map(([field, rule]) => ({ field, rule }));
    expect(await violationsOf(driver.update('thing', id, broken))).toEqual(expected);
    expect(await violationsOf(driver.update('thing', id, { name: null }))).toEqual([
      { field: 'name', rule: 'required' },
    ]);
    expect(await driver.update('thing', id, {})).toMatchObject({ amount: 1 });
  });

  it.each([true, false])('never changes an id (system: %s)', async (system) => {
    const { driver } = await freshDatabase([RULED]);
    const { id } = await driver.create('thing', { name: 'ab' });
    for (const call of [
      () => driver.update('thing', id, { id: 'other' }, { system }),
      () => driver.updateMany('thing', { where: {} }, { id: 'other' }, { system }),
    ])
      expect(await violationsOf(call())).toEqual([{ field: 'id', rule: 'readonly' }]);
  });

  it('advances the counter when a system write sets an autonumber', async () => {
    const { driver } = await freshDatabase([RULED]);
    const { id } = await driver.create('thing', { name: 'ab' });
    await driver.update('thing', id, { number: '10' }, { system: true });
    expect(await driver.create('thing', { name: 'ab' })).toMatchObject({ number: '11' });
    await driver.updateMany('thing', { where: { id } }, { number: '20' }, { system: true });
    expect(await driver.create('thing', { name: 'ab' })).toMatchObject({ number: '21' });
  });
});

describe('autonumbers', () => {
  it.each([
    [{ format: 'INV-{0000}' }, 'INV-0001', 'INV-12345', 'INV-12346'],
    [{ autonumberFormat: 'A{00}/25' }, 'A01/25', 'A99/25', 'A100/25'],
    [{}, '1', '7', '8'],
    [{ format: "it's-" }, "it's-1", "it's-5", "it's-6"],
  ])('count in the pattern %j', async (pattern, first, given, next) => {
    const { driver } = await freshDatabase([object('thing', { number: { type: 'autonumber', ...pattern } })]);
    expect(await driver.create('thing', {})).toMatchObject({ number: first });
    await driver.create('thing', { number: given }, { system: true });
    expect(await driver.create('thing', {})).toMatchObject({ number: next });
    await driver.create('thing', { number: 'of another pattern' }, { system: true });
    await driver.create('thing', { number: first }, { system: true });
    expect((await driver.create('thing', {})).number).not.toBe(next);
    expect(await driver.count('thing', { where: { number: next } })).toBe(1);
  });

  it('leave no gap when a write fails', async () => {
    const { driver } = await freshDatabase([
      object('thing', { number: { type: 'autonumber' }, key: { type: 'text', unique: true } }),
    ]);
    await driver.create('thing', { key: 'a' });
    await expect(driver.create('thing', { key: 'a' })).rejects.toMatchObject({ code: 'unique_violation' });
    const transaction = await driver.beginTransaction();
    await expect(driver.create('thing', { key: 'a' }, { transaction })).rejects.toMatchObject({
      code: 'unique_violation',
    });
    expect(await driver.create('thing', { key: 'b' }, { transaction })).toMatchObject({ number: '2' });
    await driver.commit(transaction);
    expect(await driver.create('thing', { key: 'c' })).toMatchObject({ number: '3' });
  });
});
