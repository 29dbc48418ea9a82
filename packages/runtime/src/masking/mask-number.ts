import type { KeyedRandom } from './keyed-random.js';

const NOTATION = /^(0*(?:\.0*)?)([1-9]?)([^e]*)(.*)/;

interface Digit {
  readonly first: number;
  readonly size: number;
}

const FROM_ZERO: Digit = { first: 0, size: 10 };
const FROM_ONE: Digit = { first: 1, size: 9 };

/** Digits that the shortest notation of the number can have: no zero at the beginning, and none at the end of decimals. */
function digitsOf(text: string): Digit[] {
  const digits = [...text].filter((character) => character !== '.');
  const isFraction = text.includes('.');
  return digits.map((_, index) =>
    index === 0 || (isFraction && index === digits.length - 1) ? FROM_ONE : FROM_ZERO,
  );
}

function permuteDigits(random: KeyedRandom, text: string, input: readonly string[]): string {
  const digits = digitsOf(text);
  const given = [...text].filter((character) => character !== '.');
  const limit = digits.reduce((product, { size }) => product * BigInt(size), 1n);
  const number = digits.reduce(
    (sum, { first, size }, index) => sum * BigInt(size) + BigInt(Number(given[index]) - first),
    0n,
  );
  let rest = random.permute(limit, number, ...input);
  const found: number[] = [];
  for (const { first, size } of digits.toReversed()) {
    found.unshift(first + Number(rest % BigInt(size)));
    rest /= BigInt(size);
  }
  return text.replace(/\d/g, () => `${found.shift()}`);
}

/**
 * A number with the same sign and the same numbers of digits before and after the decimal point. Different numbers have
 * different results.
 */
export function maskNumber(random: KeyedRandom, value: number, at = ''): number {
  const [, zeros = '', first = '', more = '', exponent = ''] = NOTATION.exec(String(Math.abs(value))) ?? [];
  if (first === '') return value;
  const shape = `${Math.sign(value)} ${zeros} ${more.replace(/\d/g, '0')} ${exponent}`;
  // Decimals that begin with zeros have their decimal point before the first digit.
  const isFraction = zeros.includes('.');
  let text = isFraction ? `${first}${more}.` : `${first}${more}`;
  for (;;) {
    text = permuteDigits(random, text, ['number', at, shape]);
    const digits = isFraction ? text.slice(0, -1) : text;
    const masked = Math.sign(value) * Number(`${zeros}${digits}${exponent}`);
    if (Number.isFinite(masked)) return masked;
  }
}

/** A number within the bounds, with at most as many decimals as the value. */
export function maskNumberWithin(
  random: KeyedRandom,
  { value, min, max }: { value: number; min: number; max: number },
  at = '',
): number {
  const decimals = Math.min(String(value).split('.')[1]?.length ?? 0, 6);
  const steps = Math.floor((max - min) * 10 ** decimals);
  if (!Number.isSafeInteger(steps) || steps < 0)
    return Math.min(max, Math.max(min, maskNumber(random, value, at)));
  const step = Number(random.below(BigInt(steps) + 1n, 'range', at, String(value)));
  return Math.min(max, Math.max(min, Number((min + step / 10 ** decimals).toFixed(decimals))));
}
