import { encodeValue, type FieldEncoding } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { sharedSqld, transports } from '../../../../test/transports.js';
import { numberText, textNumber } from './number-text.js';
import { textDay, textInstant, textTime } from './text-instant.js';

const bits = (value: bigint) => new Float64Array(BigUint64Array.of(value).buffer)[0] ?? 0;

/** Doubles of every magnitude, from a fixed sequence. */
function doubles(count: number): number[] {
  let state = 0x9e3779b97f4a7c15n;
  return Array.from({ length: count }, () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return bits(state ^ (state >> 29n));
  }).filter(Number.isFinite);
}

const NUMBERS = [
  0,
  1,
  -1.5,
  0.1,
  0.1 + 0.2,
  -1 / 3,
  1e21,
  1e-7,
  1e-6,
  1e22,
  1e23,
  9.5e-7,
  123456789012345680000,
  4111111111111111,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  2 ** -44,
  2 ** 100,
  5e-324,
  2.2250738585072014e-308,
  2.225073858507201e-308,
  Number.MAX_VALUE,
  ...doubles(60),
];

const NO_NUMBERS = [
  '9007199254740993.0',
  '9007199254740993',
  '1e-400',
  '1234567890123456.78',
  '1e999',
  '0.10000000000000000555',
  '007',
  '+5',
  '.5',
  '5.',
  '0x1',
  'NaN',
  '',
];
const SPELLED: [string, number][] = [
  ['1.50', 1.5],
  ['-0', 0],
  ['1E+2', 100],
  ['9007199254740992.0', 2 ** 53],
  ['100e-2', 1],
  ['0.0e5', 0],
];

const TEXTS: [FieldEncoding, (text: string) => string, string[]][] = [
  [
    'date',
    textDay,
    [
      ...[
        '2026-02-28',
        '2026-02-29',
        '2024-02-29',
        '0000-01-01',
        '2026-1-1',
        '2026-13-01',
        '2026-01-31 ',
        '',
      ],
      ...['2026-01-31T00:00Z', '2026-01-31T02:00:00+02:00', '2026-01-31T10:00Z', '2026-02-30T00:00Z'],
    ],
  ],
  [
    'time',
    textTime,
    ['10:20', '10:20:30', '24:00', '23:59:59', '10:60', '10:20:60', '1:00', '10:20:30.5', '29:00', ''],
  ],
  [
    'datetime',
    textInstant,
    ['2026-01-31', '2026-02-30', '0000-01-01', '9999-12-31'].flatMap((day) =>
      [
        '',
        ...[
          '10:20',
          '10:20:30',
          '23:59:59.1',
          '00:00:00.123456789',
          '10:20:30.1234567890',
          '24:00',
          '24:00:00.000',
          '24:00:00.0001',
          '24:01',
          '10:60',
          '10:20:60',
          '10:20:30.',
          '1:20',
        ].flatMap((time) =>
          ['Z', '', '+05:30', '-23:59', '+24:00', '-00:00', '+14:60', 'z'].map((zone) => `T${time}${zone}`),
        ),
      ].map((rest) => `${day}${rest}`),
    ),
  ],
];

const server = sharedSqld();

describe.each(transports(server).filter(({ name }) => name !== 'memory'))('texts in $name', ({ open }) => {
  const ask = async (expression: (column: string) => string, values: readonly (string | number)[]) => {
    const list = JSON.stringify(values.map(String));
    const isNumber = typeof values[0] === 'number';
    const driver = await open();
    await driver.execute(`CREATE TABLE t (i INTEGER PRIMARY KEY, x ${isNumber ? 'REAL' : 'TEXT'})`);
    if (!isNumber) await driver.execute('INSERT INTO t (x) SELECT value FROM json_each(?)', [list]);
    else for (const value of values) await driver.execute('INSERT INTO t (x) VALUES (?)', [value]);
    const { rows } = await driver.execute(`SELECT ${expression('t.x')} AS y FROM t ORDER BY i`);
    return rows.map(({ y }) => y);
  };

  it('equal the text that JavaScript writes for a number, and are parsed as the same number', {
    timeout: 60_000,
  }, async () => {
    expect(await ask(numberText, NUMBERS)).toEqual(NUMBERS.map(String));
    expect(await ask(textNumber, NUMBERS.map(String))).toEqual(NUMBERS);
  });

  it('are not parsed as numbers if digits would be lost', async () => {
    expect(await ask(textNumber, NO_NUMBERS)).toEqual(NO_NUMBERS.map(() => null));
    expect(
      await ask(
        textNumber,
        SPELLED.map(([text]) => text),
      ),
    ).toEqual(SPELLED.map(([, number]) => number));
  });

  it.each(TEXTS)('are parsed like a write of a %s parses them', async (encoding, expression, texts) => {
    const written = texts.map((text) => {
      const encoded = encodeValue(encoding, text);
      if ('value' in encoded) return encoded.value;
      // A write rejects an instant as a date. An instant at midnight UTC can be converted to a date without loss.
      const instant = encodeValue('datetime', text);
      const [, day] = /^(.*)T00:00:00\.000Z$/.exec('value' in instant ? String(instant.value) : '') ?? [];
      return encoding === 'date' ? (day ?? null) : null;
    });
    expect(await ask(expression, texts)).toEqual(written);
  });
});
