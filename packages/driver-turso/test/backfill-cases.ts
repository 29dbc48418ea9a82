import { FIELD_STORAGE, type FieldType } from '@objectstack/spec/data';
import { lookup, notNull, number, text } from './change-case.js';

type Facts = Record<string, unknown>;

const required = { required: true };
const option = { options: [{ label: 'x', value: 'x' }] };

const LITERALS = {
  text: "it's",
  number: 7.5,
  boolean: false,
  date: '2026-01-31',
  datetime: '2026-01-31T12:00:00.000Z',
  time: '12:30:00',
  json: { deep: [1, "it's"] },
} as const;
const OWN: Readonly<Record<string, unknown>> = {
  email: 'ann@example.com',
  url: 'https://example.com',
  select: 'x',
  radio: 'x',
  lookup: 'p1',
  master_detail: 'p1',
  user: 'p1',
  tree: 't0',
  multiselect: ['x'],
  checkboxes: ['x'],
  tags: ['a', "it's"],
};
/** Every field type that stores values, with a value of it. */
export const BACKFILL_TYPES = Object.entries(FIELD_STORAGE).flatMap(
  ([type, { encoding }]): [FieldType, unknown][] =>
    encoding === 'computed' || type === 'autonumber'
      ? []
      : [[type as FieldType, OWN[type] ?? LITERALS[encoding]]],
);
export const fieldOf = (type: string): Facts => ({
  type,
  ...(/select|radio|checkboxes/.test(type) && option),
  ...(['lookup', 'master_detail', 'user'].includes(type) && { reference: 'account' }),
});

/** A field before and after, its values before and after, and what has to be allowed. */
export const BACKFILL_CASES: readonly [
  what: string,
  before: Facts,
  after: Facts,
  values: unknown[],
  becomes: unknown[],
  allow?: string[],
][] = [
  [
    'takes precedence over the default',
    text,
    { ...text, ...required, defaultValue: 'd', backfill: 'b' },
    [null, 'v'],
    ['b', 'v'],
  ],
  [
    'fills for a token that is the default',
    { type: 'date' },
    { type: 'date', ...required, defaultValue: 'TODAY()', backfill: '2026-01-31' },
    [null],
    ['2026-01-31'],
  ],
  ['fills a NOT NULL column', number, { ...number, ...notNull, backfill: 0 }, [null, 1], [0, 1]],
  [
    'leaves empty texts of a NOT NULL column that is not required',
    text,
    { ...text, ...notNull, backfill: 'b' },
    [null, ''],
    ['b', ''],
  ],
  [
    'fills empty texts of a required field',
    text,
    { ...text, ...required, backfill: 'b' },
    [null, '', ' '],
    ['b', 'b', ' '],
  ],
  [
    'fills empty lists',
    { type: 'tags' },
    { type: 'tags', ...required, backfill: ['b'] },
    [null, [], ['v']],
    [['b'], ['b'], ['v']],
  ],
  [
    'fills a list of numbers',
    { ...number, multiple: true },
    { ...number, multiple: true, ...required, backfill: [1, 2] },
    [null, [], [3]],
    [[1, 2], [1, 2], [3]],
  ],
  ['fills where texts become numbers', text, { ...number, ...required, backfill: 0 }, [null, '2'], [0, 2]],
  [
    'fills where one value becomes several',
    text,
    { ...text, multiple: true, ...required, backfill: ['b'] },
    [null, 'v'],
    [['b'], ['v']],
  ],
  [
    'fills where several values become one',
    { type: 'tags' },
    { ...text, ...required, backfill: 'b' },
    [null, [], ['v']],
    ['b', 'b', 'v'],
  ],
  [
    'fills where empty lists become a NOT NULL column',
    { type: 'tags' },
    { ...text, ...notNull, backfill: 'b' },
    [[], ['v']],
    ['b', 'v'],
  ],
  [
    'fills where values that do not fit are given up',
    { ...text, ...required },
    { ...number, ...required, backfill: -1 },
    ['many', '2'],
    [-1, 2],
    ['change_field:thing.a'],
  ],
  [
    'fills a lookup that keeps its foreign key',
    lookup('account', { deleteBehavior: 'restrict' }),
    lookup('account', { deleteBehavior: 'restrict', ...required, backfill: 'p1' }),
    [null],
    ['p1'],
  ],
  [
    'fills a list of lookups',
    lookup('account', { multiple: true }),
    lookup('account', { multiple: true, ...required, backfill: ['p1'] }),
    [null],
    [['p1']],
  ],
];
