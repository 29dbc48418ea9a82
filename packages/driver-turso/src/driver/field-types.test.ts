import { FIELD_STORAGE, FieldTypeEnum } from '@objectstack/spec/data';
import { LIMITS } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { connected, freshDatabase, object } from '../../test/database.js';

type Sample = { given: unknown; stored?: unknown };

const TEXT: Sample[] = [
  { given: 'a' },
  { given: '' },
  { given: ' x ' },
  { given: 'O\'x; -- "q" \\ 😀 \u2028\n' },
];
const NUMBER: Sample[] = [
  { given: 0 },
  { given: -0, stored: 0 },
  { given: -1.5 },
  { given: 1e308 },
  { given: 5e-324 },
  { given: 2 ** 53 },
  { given: Number.MAX_SAFE_INTEGER },
];
const JSON_VALUES: Sample[] = [
  { given: { a: [1, null, { b: 'ü\0\ud800' }] } },
  { given: [] },
  { given: 'text' },
  { given: 0 },
  { given: false },
  { given: JSON.parse('{"__proto__": 1, "constructor": 2}') },
];
const LIST: Sample[] = [{ given: ['a', 'b'] }, { given: [] }];

const SAMPLES: Record<string, Sample[]> = {
  email: [{ given: 'a@example.com' }, { given: '' }],
  url: [{ given: 'https://example.com/a?b=c#d' }, { given: '' }],
  boolean: [{ given: true }, { given: false }],
  toggle: [{ given: true }, { given: false }],
  date: [{ given: '2024-02-29' }, { given: '0001-01-01' }],
  datetime: [
    { given: '2025-01-01T12:00:00.123Z' },
    { given: '2025-01-01T12:00Z', stored: '2025-01-01T12:00:00.000Z' },
    { given: '2025-01-01T01:00:00+02:00', stored: '2024-12-31T23:00:00.000Z' },
    { given: new Date(0), stored: '1970-01-01T00:00:00.000Z' },
  ],
  time: [{ given: '00:00:00' }, { given: '23:59', stored: '23:59:00' }],
  multiselect: LIST,
  checkboxes: LIST,
  tags: LIST,
};
const WRONG: Record<string, unknown[]> = {
  text: [1, true, {}, [], 'a\0b', 'half \ud800', 10n, Symbol.iterator, () => 1],
  number: ['1', Number.NaN, Number.POSITIVE_INFINITY, true, 1n, new Date(0)],
  boolean: [1, 0, 'true', {}],
  date: ['2025-02-29', '2025-1-1', '2025-01-01T00:00:00Z', '', 20250101, new Date(0)],
  datetime: ['2025-02-29T00:00:00Z', '2025-01-01', '2025-01-01T00:00:00', '2025-01-01T24:00:01Z', 'now', 0],
  time: ['24:00:00', '1:00', '12:60', '', 12],
  json: [1n, () => 1, Number.NaN, new Map(), [undefined], new Date(0), Symbol('a')],
  computed: ['a', 1, {}],
};

/** They give themselves values, or refer to records. */
const OTHERWISE_TESTED: ReadonlySet<string> = new Set(['autonumber', 'tree']);
const types = FieldTypeEnum.options.filter(
  (type) => FIELD_STORAGE[type].column !== null && !OTHERWISE_TESTED.has(type),
);
const samplesOf = (type: (typeof types)[number]) =>
  SAMPLES[type] ??
  { text: TEXT, number: NUMBER, json: JSON_VALUES }[FIELD_STORAGE[type].encoding as 'text'] ??
  [];

describe('records', () => {
  it('give back every field type as it was written, in a fresh driver too', async () => {
    const fields = Object.fromEntries(types.map((type) => [`f_${type}`, { type }]));
    const { driver, url } = await freshDatabase([object('thing', fields)]);
    const rounds = Math.max(...types.map((type) => samplesOf(type).length));
    for (let round = 0; round < rounds; round++) {
      const chosen = types.map(
        (type) => [`f_${type}`, samplesOf(type)[round % samplesOf(type).length]] as const,
      );
      const given = Object.fromEntries(chosen.map(([name, sample]) => [name, sample?.given]));
      const stored = Object.fromEntries(
        chosen.map(([name, sample]) => [name, sample && ('stored' in sample ? sample.stored : sample.given)]),
      );
      const record = await driver.create('thing', given);
      expect(record).toMatchObject(stored);
      const fresh = await connected({ url });
      expect(await fresh.findOne('thing', { where: { id: record.id } })).toEqual(record);
      expect(await fresh.update('thing', record.id, given)).toMatchObject(stored);
    }
  });

  it('give back null for every field that is empty', async () => {
    const fields = Object.fromEntries(FieldTypeEnum.options.map((type) => [`f_${type}`, { type }]));
    delete fields.f_autonumber;
    delete fields.f_tree;
    const { driver } = await freshDatabase([object('thing', fields)]);
    const { id, created_at, updated_at, ...rest } = await driver.create('thing', {});
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
    expect(Object.keys(rest).sort()).toEqual(types.map((type) => `f_${type}`).sort());
    expect(
      await driver.update('thing', id, Object.fromEntries(Object.keys(rest).map((name) => [name, null]))),
    ).toMatchObject(rest);
  });

  it.each(types)('refuse what is no %s', async (type) => {
    const { driver } = await freshDatabase([object('thing', { value: { type } })]);
    for (const value of WRONG[FIELD_STORAGE[type].encoding] ?? []) {
      const error = await driver.create('thing', { value }).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'validation_failed' });
      expect(['type', 'format']).toContain(error.details.violations[0].rule);
    }
    expect(await driver.count('thing')).toBe(0);
  });

  it('refuse a value for what is computed', async () => {
    const { driver } = await freshDatabase([object('thing', { sum: { type: 'summary' } })]);
    await expect(driver.create('thing', { sum: 1 })).rejects.toMatchObject({
      details: { violations: [{ field: 'sum', rule: 'computed' }] },
    });
  });

  it('hold lists of whatever a field with multiple holds', async () => {
    const multiple = true;
    const fields = {
      people: { type: 'lookup', reference: 'thing', multiple },
      amounts: { type: 'number', multiple },
      files: { type: 'file', multiple },
      days: { type: 'date', multiple },
    };
    const { driver } = await freshDatabase([object('thing', fields)]);
    const lists = { people: ['a', 'b'], amounts: [1, 2.5], files: [{ url: 'x' }, 'y'], days: ['2025-01-01'] };
    expect(await driver.create('thing', lists)).toMatchObject(lists);
    const wrong = { people: [1], amounts: ['1'], files: [null], days: ['2025-01-01T00:00:00Z'] };
    const error = await driver.create('thing', wrong).catch((thrown) => thrown);
    expect(error.details.violations).toMatchObject(
      Object.keys(wrong).map((field) => ({ field, rule: 'type' })),
    );
    await expect(driver.create('thing', { people: 'a' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('hold two megabytes of text', async () => {
    const { driver } = await freshDatabase([
      object('thing', { value: { type: 'text', maxLength: 500_000 } }),
    ]);
    const value = '😀'.repeat(500_000);
    expect((await driver.create('thing', { value })).value).toBe(value);
    await expect(driver.create('thing', { value: `${value}x` })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('refuse a text and a JSON value of more bytes than a value may have', async () => {
    const { driver } = await freshDatabase([
      object('thing', { text: { type: 'text' }, json: { type: 'json' } }),
    ]);
    const long = 'x'.repeat(LIMITS.maxValueBytes + 1);
    const error = await driver.create('thing', { text: long, json: [long] }).catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: 'validation_failed',
      details: {
        violations: [
          { field: 'text', rule: 'max_bytes' },
          { field: 'json', rule: 'max_bytes' },
        ],
      },
    });
  });

  it('take as many fields as an object may have, and no more', async () => {
    const fields = Object.fromEntries(
      Array.from({ length: LIMITS.maxObjectFields }, (_, index) => [`f${index}`, { type: 'number' }]),
    );
    const { driver } = await freshDatabase([object('wide', fields)]);
    const data = Object.fromEntries(Object.keys(fields).map((name, index) => [name, index]));
    const record = await driver.create('wide', data);
    expect(record).toMatchObject(data);
    expect(await driver.findOne('wide', { where: { f499: 499 } })).toEqual(record);
    const wider = { ...fields, more: { type: 'number' } };
    await expect(driver.syncSchema('wide', object('wide', wider))).rejects.toMatchObject({
      code: 'invalid_request',
      details: { limit: 'maxObjectFields', maximum: LIMITS.maxObjectFields },
    });
  });
});
