import { FIELD_STORAGE, type FieldEncoding } from '@objectstack/spec/data';
import { PLAIN_TYPES } from './suite-objects.js';

interface Sample {
  readonly given: unknown;
  /** If absent, stored as given. */
  readonly stored?: unknown;
}

type PlainType = (typeof PLAIN_TYPES)[number];

const LIST: Sample[] = [{ given: ['a', 'b'] }, { given: [] }];
const BY_ENCODING: Record<FieldEncoding, Sample[]> = {
  text: [{ given: 'a' }, { given: '' }, { given: ' x ' }, { given: 'O\'x; -- "q" \\ 😀 \u2028\n' }],
  number: [
    { given: 0.1 + 0.2 },
    { given: -0, stored: 0 },
    { given: 1e308 },
    { given: 5e-324 },
    { given: Number.MAX_SAFE_INTEGER },
  ],
  boolean: [{ given: true }, { given: false }],
  date: [{ given: '2024-02-29' }, { given: '0000-02-29' }, { given: '0001-01-01' }, { given: '9999-12-31' }],
  datetime: [
    { given: '2025-01-01T12:00:00.123Z' },
    { given: '2025-01-01T01:00:00+02:00', stored: '2024-12-31T23:00:00.000Z' },
    { given: new Date(0), stored: '1970-01-01T00:00:00.000Z' },
    { given: '0000-01-01T00:00:00.000Z' },
  ],
  time: [{ given: '00:00:00' }, { given: '23:59', stored: '23:59:00' }],
  json: [
    { given: { a: [1, null, { b: 'ü' }] } },
    { given: [] },
    { given: 'text' },
    { given: false },
    { given: 'a\0b \ud800' },
  ],
  computed: [],
};
const BY_TYPE: Partial<Record<PlainType, Sample[]>> = {
  email: [{ given: 'a@example.com' }, { given: '' }],
  url: [{ given: 'https://example.com/a?b=c#d' }, { given: '' }],
  multiselect: LIST,
  checkboxes: LIST,
  tags: LIST,
};

const WRONG_BY_ENCODING: Record<FieldEncoding, readonly unknown[]> = {
  text: [1, true, {}, [], 'a\0b', 'half \ud800', 10n],
  number: ['1', Number.NaN, Number.POSITIVE_INFINITY, true, 1n],
  boolean: [1, 0, 'true', {}],
  date: ['2025-02-29', '2025-1-1', '', 20_250_101, new Date(8.64e15)],
  datetime: [
    new Date(-1e14),
    '0000-01-01T00:00:00+01:00',
    '2025-02-29T00:00:00Z',
    '2025-01-01',
    '2025-01-01T00:00:00',
    'now',
    0,
  ],
  time: ['24:00:00', '1:00', '12:60', ''],
  json: [1n, () => 1, Number.NaN, new Map(), Array(1)],
  computed: [],
};

const samplesOf = (type: PlainType): readonly Sample[] =>
  BY_TYPE[type] ?? BY_ENCODING[FIELD_STORAGE[type].encoding];

export const SAMPLE_ROUNDS = Math.max(...PLAIN_TYPES.map((type) => samplesOf(type).length));

/** A record with a value in every field, and the expected result of reading it. */
export function sampleRecord(
  round: number,
  types: readonly PlainType[],
): {
  given: Record<string, unknown>;
  stored: Record<string, unknown>;
} {
  const samples = types.map((type) => {
    const all = samplesOf(type);
    return [`a_${type}`, all[round % all.length] ?? { given: null }] as const;
  });
  return {
    given: Object.fromEntries(samples.map(([name, { given }]) => [name, given])),
    stored: Object.fromEntries(
      samples.map(([name, sample]) => [name, 'stored' in sample ? sample.stored : sample.given]),
    ),
  };
}

/** Invalid values of a field of this type. */
export function wrongValues(type: PlainType): readonly unknown[] {
  return WRONG_BY_ENCODING[FIELD_STORAGE[type].encoding];
}
