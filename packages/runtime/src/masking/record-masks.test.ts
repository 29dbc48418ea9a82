import { checkValue, encodeField, type Field, fieldValueModel, isMissing } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { objectOf } from '../../test/sample-bundles.js';
import { KeyedRandom } from './keyed-random.js';
import { maskingProblems, maskRecord, recordMasks } from './record-masks.js';

const STRATEGIES = ['redact', 'partial', 'hash', 'tokenize', 'randomize', 'nullify', 'substitute'] as const;
const random = new KeyedRandom(new Uint8Array(32).fill(3));

const options = ['open', 'closed', 'lost'].map((value) => ({ label: value, value }));
const many = (make: (index: number) => unknown) => Array.from({ length: 50 }, (_, index) => make(index));

/** Fields with values, of which no two are equal. */
const FIELDS: readonly (readonly [string, Field, readonly unknown[]])[] = [
  ['text', { type: 'text', minLength: 2, maxLength: 12 }, many((i) => `Name ${i}é`)],
  ['email in a text', { type: 'text' }, many((i) => `ann.${i}@corp.invalid`)],
  ['email', { type: 'email', maxLength: 40 }, many((i) => `a${i}@corp${i % 3}.invalid`)],
  ['url', { type: 'url', maxLength: 60 }, many((i) => `https://corp.invalid/${i}`)],
  ['phone', { type: 'phone' }, many((i) => `+1 (555) ${1000 + i}`)],
  ['markup', { type: 'html' }, many((i) => `<b>${i}</b>`)],
  ['integer', { type: 'number' }, many((i) => i * 7 - 100)],
  ['decimal', { type: 'currency' }, many((i) => i * 1.25 - 9)],
  ['small', { type: 'number' }, many((i) => (i + 1) / 1e7)],
  ['large', { type: 'number' }, many((i) => (i + 1) * 1e30)],
  ['day', { type: 'date' }, many((i) => `2024-02-${String((i % 29) + 1).padStart(2, '0')}`)],
  ['instant', { type: 'datetime' }, many((i) => new Date(i * 86_400_123).toISOString())],
  ['time', { type: 'time' }, many((i) => `10:${String(i).padStart(2, '0')}:00`)],
];

/** Fields whose values cannot be kept unique. */
const OTHERS: typeof FIELDS = [
  ['bounded', { type: 'number', min: 10, max: 99.5 }, [10, 55.5, 99]],
  ['bounded on one side', { type: 'number', min: 18 }, [18, 30]],
  ['boolean', { type: 'boolean' }, [true, false]],
  ['option', { type: 'select', options }, ['open', 'lost']],
  ['options', { type: 'multiselect', options }, [['open', 'lost'], ['closed']]],
  ['list', { type: 'tags' }, [['alpha', 'beta gamma']]],
  ['emails', { type: 'email', multiple: true }, [['a@corp.invalid']]],
  ['json', { type: 'json' }, [{ any: ['thing'] }, 'text']],
  ['vector', { type: 'vector' }, [[0.5, 0.25]]],
  ['reference', { type: 'lookup', reference: 'thing' }, ['id']],
];

const ruled = (field: Field, strategy: string): Field => ({ ...field, maskingRule: { strategy } as never });

function masked(field: Field, values: readonly unknown[]): unknown[] {
  const masks = recordMasks([objectOf('thing', { it: field })], random);
  return values.map((it, index) => maskRecord(masks, 'thing', { id: `r${index}`, it }).it);
}

const problemsOf = (field: Field, fields: Record<string, Field> = {}) =>
  maskingProblems(objectOf('thing', { ...fields, it: field }));

describe.each(STRATEGIES)('the strategy %s', (strategy) => {
  it.each([...FIELDS, ...OTHERS])('of %s keeps values valid, or is refused', (_, plain, values) => {
    const field = ruled(plain, strategy);
    if (problemsOf(field).length > 0) return expect(() => masked(field, values)).toThrow();
    const model = fieldValueModel(field);
    for (const value of masked(field, values)) {
      expect(encodeField(model, value)).toHaveProperty('value');
      expect(checkValue(model, value), JSON.stringify(value)).toEqual([]);
    }
    const required = { ...field, required: true };
    if (problemsOf(required).length > 0) return;
    for (const value of masked(required, values)) {
      const encoded = encodeField(model, value);
      expect('value' in encoded && isMissing(model, encoded.value)).toBe(false);
    }
  });

  it.each(FIELDS)('of unique %s keeps different values different, or is refused', (_, plain, values) => {
    const field = ruled({ ...plain, unique: true }, strategy);
    const distinct = [...new Set(values)];
    if (problemsOf(field).length > 0) return expect(() => masked(field, distinct)).toThrow();
    const results = masked(field, distinct);
    if (strategy !== 'nullify') expect(new Set(results).size).toBe(distinct.length);
    expect(masked(field, distinct)).toEqual(results);
  });
});

describe('recordMasks', () => {
  it('masks every kind of field with the strategies that authors use most', () => {
    for (const strategy of ['randomize', 'hash', 'substitute'])
      for (const [name, field] of FIELDS) expect(problemsOf(ruled(field, strategy)), name).toEqual([]);
    for (const [name, field] of [...FIELDS, ...OTHERS])
      expect(problemsOf(ruled(field, 'nullify')), name).toEqual([]);
  });

  it('shows equal values only with strategies that say so', () => {
    const field: Field = { type: 'text' };
    const same = Array(2).fill('Wilhelmina Throckmorton');
    expect(new Set(masked(ruled(field, 'randomize'), same)).size).toBe(2);
    for (const strategy of ['substitute', 'hash', 'tokenize'])
      expect(new Set(masked(ruled(field, strategy), same)).size).toBe(1);
    const booleans = masked(ruled({ type: 'boolean' }, 'hash'), Array(50).fill(true));
    expect(new Set(booleans).size).toBe(2);
  });

  it('shows at most a quarter, and no address that can be reached', () => {
    expect(masked(ruled({ type: 'text' }, 'partial'), ['4929 1234 5678 9012', 'Ann'])).toEqual([
      '**** **** **** 9012',
      '***',
    ]);
    expect(masked(ruled({ type: 'email' }, 'partial'), ['wilma@corp.invalid', 'al@corp.invalid'])).toEqual([
      'wxxxx@example.com',
      'xx@example.com',
    ]);
    expect(masked(ruled({ type: 'text' }, 'substitute'), ['ann@corp.invalid'])[0]).toMatch(
      /^[a-z]{3}\+[a-z]{4}\.[a-z]{7}@example\.com$/,
    );
  });

  it.each<[string, Field, Record<string, Field>?]>([
    ['a malformed rule', { type: 'text', maskingRule: true as never }],
    ['an unknown strategy', ruled({ type: 'text' }, 'scramble')],
    ['another field', { type: 'text', maskingRule: { field: 'other', strategy: 'hash' } }],
    ['a pattern', { type: 'text', maskingRule: { strategy: 'partial', pattern: '^.' } }],
    ['a required value that is removed', ruled({ type: 'text', required: true }, 'nullify')],
    ['a NOT NULL column', ruled({ type: 'text', storage: { notNull: true } }, 'nullify')],
    ['a unique value that is redacted', ruled({ type: 'text', unique: true }, 'redact')],
    ['a unique number within bounds', ruled({ type: 'number', unique: true, max: 5 }, 'randomize')],
    ['a short unique hash', ruled({ type: 'text', unique: true, maxLength: 8 }, 'hash')],
    ['a short email', ruled({ type: 'email', maxLength: 10 }, 'hash')],
    ['an autonumber', ruled({ type: 'autonumber', format: 'A-{000}' }, 'hash')],
    ['a formula', ruled({ type: 'formula', expression: 'a' }, 'hash')],
    [
      'a value in an autonumber',
      ruled({ type: 'text' }, 'hash'),
      { no: { type: 'autonumber', format: '{it}-{000}' } },
    ],
  ])('refuses %s', (_, field, fields) => {
    expect(problemsOf(field, fields)).toMatchObject([{ field: 'it' }]);
    expect(() => recordMasks([objectOf('thing', { ...fields, it: field })])).toThrowError(
      expect.objectContaining({ code: 'invalid_masking_rule' }),
    );
  });

  it('regards fields of unique indexes and rules as unique', () => {
    const field = ruled({ type: 'text' }, 'redact');
    const other: Field = { type: 'text' };
    for (const rest of [
      { indexes: [{ fields: ['it', 'other'], unique: true }] },
      { validations: [{ name: 'one', type: 'unique', message: 'Twice.', fields: ['it'] }] },
    ])
      expect(maskingProblems(objectOf('thing', { it: field, other }, rest as never))).toHaveLength(1);
  });

  it('ignores case where uniqueness does', () => {
    const field = ruled({ type: 'text', unique: true, caseSensitive: false }, 'randomize');
    const [lower, upper] = masked(field, ['Ann', 'aNN']);
    expect(lower).toBe(upper);
  });
});
