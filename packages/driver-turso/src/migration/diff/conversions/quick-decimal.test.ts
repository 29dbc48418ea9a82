import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../../test/database.js';
import { quickDecimal } from './quick-decimal.js';

const bits = (value: bigint) => new Float64Array(BigUint64Array.of(value).buffer)[0] ?? 0;

/** Positive doubles of every magnitude, from a fixed sequence. */
function doubles(count: number, mask: bigint): number[] {
  let state = 0x9e3779b97f4a7c15n;
  return Array.from({ length: count }, () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return bits((state ^ (state >> 29n)) & mask);
  }).filter((x) => Number.isFinite(x) && x > 0);
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

const SETS: [what: string, numbers: number[]][] = [
  ['of every size', doubles(3_000, 0x7fffffffffffffffn)],
  ['that are subnormal', doubles(1_000, 0xfffffffffffffn)],
  ['between 0 and 1000', doubles(2_000, 0xfffffffffffffn).map((x) => (x / 2 ** -1022) * 1_000)],
  ['that are powers of two', range(-1074, 1024).map((exponent) => 2 ** exponent)],
  ['that are powers of ten', range(-323, 309).map((exponent) => Number(`1e${exponent}`))],
  ['of few digits', range(1, 1_000).map((n) => Number(`${n * 7919}e${(n % 600) - 300}`))],
];

/** The decimal as JavaScript writes it: its digits and a power of ten. */
function decimalOf(x: number): string {
  const [mantissa = '', exponent = ''] = x.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  return `${digits.replace(/0+$/, '')}e${Number(exponent) - digits.replace(/0+$/, '').length + 1}`;
}

describe('quickDecimal', () => {
  it.each(SETS)(
    'returns the shortest decimal of nearly all doubles %s, and never another one',
    async (_, numbers) => {
      const { driver } = await freshDatabase();
      await driver.execute('CREATE TABLE t (i INTEGER PRIMARY KEY, x REAL)');
      for (let at = 0; at < numbers.length; at += 500) {
        const part = numbers.slice(at, at + 500);
        await driver.execute(`INSERT INTO t (x) VALUES ${part.map(() => '(?)').join(', ')}`, part);
      }
      const quick = `(WITH RECURSIVE _os_double(x) AS (SELECT t.x), ${quickDecimal('_os')} SELECT decimal FROM _os_quick)`;
      const { rows } = await driver.execute(`SELECT ${quick} AS decimal FROM t ORDER BY i`);
      const wrong = rows.flatMap(({ decimal }, index) => {
        const expected = decimalOf(numbers[index] ?? 0);
        return decimal === null || decimal === expected ? [] : [[decimal, expected]];
      });
      expect(wrong).toEqual([]);
      expect(rows.filter(({ decimal }) => decimal === null).length).toBeLessThan(numbers.length / 100);
    },
  );
});
