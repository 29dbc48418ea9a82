import { choice, field, number, strict, text } from '../change-case.js';
import type { HarmlessChange } from './harmless-change.js';

type Facts = Record<string, unknown>;

const date = { type: 'date' };
const datetime = { type: 'datetime' };
const time = { type: 'time' };
const boolean = { type: 'boolean' };
const json = { type: 'json' };
const tags = { type: 'tags' };
const many = { ...number, multiple: true };
const DAY = '2026-01-31';
const MIDNIGHT = '2026-01-31T00:00:00.000Z';
const NOON = '2026-01-31T12:00:00.250Z';

const PAIRS: readonly [what: string, before: Facts, after: Facts, values: unknown[], becomes: unknown[]][] = [
  ['texts become numbers', text, number, ['1', '-2.5e3', null], [1, -2500, null]],
  ['texts become booleans', text, boolean, ['true', '0', null], [true, false, null]],
  ['texts become dates', text, date, [DAY, null], [DAY, null]],
  ['texts become instants', text, datetime, [NOON], [NOON]],
  ['texts become times', text, time, ['23:59:59'], ['23:59:59']],
  ['texts become tags', text, tags, [`it's "so"`, '', null], [[`it's "so"`], [''], null]],
  ['texts become JSON', text, json, ['{"a":1}', 'null', null], ['{"a":1}', 'null', null]],
  ['choices become several', choice('select', 'x'), choice('multiselect', 'x'), ['x', null], [['x'], null]],
  [
    'numbers become texts',
    number,
    text,
    [1, 0.1 + 0.2, 1e21, -0.5, null],
    ['1', '0.30000000000000004', '1e+21', '-0.5', null],
  ],
  ['numbers become booleans', number, boolean, [1, 0, null], [true, false, null]],
  ['numbers become lists of one', number, many, [1, 0.5, null], [[1], [0.5], null]],
  ['numbers become JSON', number, json, [1, 0.1 + 0.2], [1, 0.1 + 0.2]],
  ['booleans become numbers', boolean, number, [true, false, null], [1, 0, null]],
  ['booleans become texts', boolean, text, [true, false, null], ['true', 'false', null]],
  ['booleans become JSON', boolean, json, [true, false, null], [true, false, null]],
  ['dates become instants', date, datetime, [DAY, null], [MIDNIGHT, null]],
  ['dates become texts', date, text, [DAY, null], [DAY, null]],
  ['midnights become dates', datetime, date, [MIDNIGHT, null], [DAY, null]],
  ['instants become lists', datetime, { ...datetime, multiple: true }, [NOON, null], [[NOON], null]],
  ['times become texts', time, text, ['23:59:59'], ['23:59:59']],
  ['lists of one become texts', tags, text, [['x'], [], null], ['x', null, null]],
  ['lists of one become numbers', many, number, [[1.5], []], [1.5, null]],
  ['JSON texts become texts', json, text, ['x', null], ['x', null]],
  ['JSON numbers become numbers', json, number, [5, 0.5, null], [5, 0.5, null]],
  ['JSON dates become days', json, date, [DAY, null], [DAY, null]],
  [
    'texts that are filled become numbers that must be',
    strict,
    { ...number, storage: { notNull: true } },
    ['1', '2'],
    [1, 2],
  ],
  ['empty locations become texts', { type: 'location' }, text, [null, null], [null, null]],
  ['a type changes where there is no record', { type: 'location' }, number, [], []],
];

export const RETYPES = PAIRS.map(
  ([what, before, after, values, becomes]): HarmlessChange => ({
    what,
    ...field(before, after, values),
    becomes,
  }),
);
