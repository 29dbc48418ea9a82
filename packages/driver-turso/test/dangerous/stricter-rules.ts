import { choice, field, lookup, number, strict, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { Warning } from './warning.js';

const about = 'change_field:thing.a';
const account = object('account', { name: text });
const LIMITS: readonly [
  what: string,
  kind: string,
  before: object,
  after: object,
  values: unknown[],
  rows: number,
][] = [
  [
    'texts are longer than they may be',
    'too_long',
    text,
    { ...text, maxLength: 2 },
    ['abc', '😀😀', 'ab', null],
    1,
  ],
  [
    'texts may be less long than before',
    'too_long',
    { ...text, maxLength: 9 },
    { ...text, maxLength: 2 },
    ['abc'],
    1,
  ],
  [
    'texts are shorter than they may be',
    'too_short',
    text,
    { ...text, minLength: 2 },
    ['a', '', 'ab', null],
    2,
  ],
  ['numbers are smaller than they may be', 'too_small', number, { ...number, min: 0 }, [-0.5, 0, null], 1],
  [
    'numbers are larger than they may be',
    'too_large',
    { ...number, max: 9 },
    { ...number, max: 8.5 },
    [9, 8.5],
    1,
  ],
];
const CHOICES: readonly [what: string, before: object, after: object, values: unknown[], rows: number][] = [
  [
    'a choice that records have is no longer offered',
    choice('select', 'x', 'y'),
    choice('select', 'x'),
    ['x', 'y', null],
    1,
  ],
  ['every choice has another value', choice('radio', 'x', 'y'), choice('radio', 'X', 'Y'), ['x', 'y'], 2],
  [
    'one of several choices of a record is no longer offered',
    choice('multiselect', 'x', 'y'),
    choice('multiselect', 'x'),
    [['x'], ['x', 'y'], []],
    1,
  ],
  [
    'checked options are removed',
    choice('checkboxes', 'x', 'y'),
    choice('checkboxes', 'y'),
    [['x'], ['y']],
    1,
  ],
  [
    'texts become choices, and some are not offered',
    text,
    choice('select', "it's", 'x'),
    ["it's", 'other'],
    1,
  ],
];

export const STRICTER_RULES: readonly Warning[] = [
  ...LIMITS.map(
    ([what, kind, before, after, values, rows]): Warning => ({
      what,
      ...field({ ...before }, { ...after }, values),
      code: 'DD203',
      about,
      found: [`${kind}:thing.a`, rows],
    }),
  ),
  ...CHOICES.map(
    ([what, before, after, values, rows]): Warning => ({
      what,
      ...field({ ...before }, { ...after }, values),
      code: 'DD206',
      about,
      found: ['not_offered:thing.a', rows],
    }),
  ),
  {
    what: 'a field is renamed and its texts are too long',
    before: thing({ b: text }),
    after: thing({ a: { ...text, maxLength: 1, ...was('b') } }),
    records: { thing: [{ b: 'xy' }, { b: 'x' }] },
    code: 'BC302',
    about: 'rename_field:thing.a',
    found: ['too_long:thing.a', 1],
  },
  {
    what: 'numbers become texts that may not be so long',
    ...field(number, { ...text, maxLength: 3 }, [1000, 100, 0.25]),
    code: 'BC303',
    about,
    found: ['too_long:thing.a', 2],
  },
  {
    what: 'children start to prevent deleting their parent',
    before: [account, ...thing({ a: lookup('account') })],
    after: [account, ...thing({ a: lookup('account', { required: true }) })],
    records: { account: [{ id: 'p' }], thing: [{ a: 'p' }, {}] },
    code: 'DS104',
    about,
    found: ['missing:thing.a', 1],
    allow: [about],
  },
  {
    what: 'values are missing that have to be given',
    ...field(text, { ...text, required: true }, ['a', null, null]),
    code: 'DD201',
    about,
    found: ['missing:thing.a', 2],
    allow: [about],
  },
  {
    what: 'a field must be given and its column must be filled',
    ...field(text, { ...strict, required: true }, ['x']),
    code: 'DD201',
    about,
    found: ['missing:thing.a', 0],
  },
];
