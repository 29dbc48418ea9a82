import { choice, field, number, text } from '../change-case.js';
import type { Obstacle } from './obstacle.js';

const date = { type: 'date' };
const datetime = { type: 'datetime' };
const time = { type: 'time' };
const boolean = { type: 'boolean' };
const json = { type: 'json' };
const many = { multiple: true };
const place = { type: 'location' };
const NOON = '2026-01-31T12:00:00.000Z';
const DAY = '2026-01-31';

type Facts = Record<string, unknown>;

/** What changes its type, to what, values that fit, and values that do not. */
const PAIRS: readonly [what: string, before: Facts, after: Facts, fit: unknown[], misfit: unknown[]][] = [
  ['texts that are not numbers', text, number, ['1', '-2.5e3'], ['', '12a', '0x10', '1e999', 'NaN']],
  ['texts that are neither true nor false', text, boolean, ['true', '0'], ['yes', 'TRUE', '2']],
  ['texts that are not dates', text, date, [DAY], ['2026-02-30', '2026-1-1', '31.01.2026', NOON]],
  ['texts that are not instants', text, datetime, [NOON], [DAY, '2026-01-31 12:00:00', `${NOON}+01:00`]],
  ['texts that are not times', text, time, ['23:59:59', '12:00'], ['24:00:01', '12:60', '29:00:00']],
  ['numbers other than 0 and 1 become booleans', number, boolean, [0, 1], [2, 0.5, -1]],
  ['numbers become dates', number, date, [], [20260131]],
  ['numbers become instants', number, datetime, [], [1769817600]],
  ['numbers become times', number, time, [], [12]],
  ['booleans become days', boolean, date, [], [true]],
  ['dates become numbers', date, number, [], [DAY]],
  ['dates become booleans', date, boolean, [], [DAY]],
  ['dates become times', date, time, [], [DAY]],
  ['instants within a day become days', datetime, date, ['2026-01-31T00:00:00.000Z'], [NOON]],
  ['instants become numbers', datetime, number, [], [NOON]],
  ['instants become times', datetime, time, [], [NOON]],
  ['times become instants', time, datetime, [], ['10:00:00']],
  ['times become booleans', time, boolean, [], ['10:00:00']],
  ['objects become texts', json, text, ['x'], [{ a: 1 }, ['x'], 5, true]],
  ['JSON texts become numbers', json, number, [5, 0.5], ['5', true, [5]]],
  ['JSON values become booleans', json, boolean, [true], [1, 'true']],
  ['JSON texts that are not dates', json, date, [DAY], ['2026-02-31', 5]],
  ['JSON texts that are not times', json, time, ['10:00:00', '10:00'], ['10:60', ['10:00:00']]],
  ['lists of several become one text', { type: 'tags' }, text, [['x'], []], [['x', 'y']]],
  [
    'lists of several become one choice',
    choice('multiselect', 'x', 'y'),
    choice('select', 'x', 'y'),
    [['x']],
    [['x', 'y']],
  ],
  ['numbers in lists become one number', { ...number, ...many }, number, [[1]], [[1, 2]]],
  ['locations become texts', place, text, [], [{ latitude: 1, longitude: 2 }]],
];

export const MISFITS = PAIRS.map(
  ([what, before, after, fit, misfit]): Obstacle => ({
    what,
    ...field(before, after, [...misfit, ...fit, null]),
    code: 'DS103',
    change: 'change_field:thing.a',
    check: 'misfits:thing.a',
    rows: misfit.length,
    error: 'conversion_failed',
  }),
);
