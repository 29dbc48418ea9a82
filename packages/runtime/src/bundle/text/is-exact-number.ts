/** Every decimal of at most 15 digits without an exponent is preserved by a double. */
const ALWAYS_EXACT = 15;
const ZERO = '0';

interface Decimal {
  /** Significant digits without leading or trailing zeros; empty for zero. */
  readonly digits: string;
  /** Power of ten of the last digit. */
  readonly exponent: number;
}

/**
 * Normalizes the absolute value of a number in JSON or JavaScript notation, in one pass whatever the length of the
 * text.
 */
function decimalOf(text: string): Decimal {
  const [mantissa = '', power = '0'] = text.split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const all = whole + fraction;
  let start = 0;
  while (all[start] === ZERO) start += 1;
  let end = all.length;
  while (end > start && all[end - 1] === ZERO) end -= 1;
  const digits = all.slice(start, end);
  return { digits, exponent: digits === '' ? 0 : Number(power) - fraction.length + all.length - end };
}

/**
 * Whether a number of a JSON text keeps its decimal value when it is converted to a double, judged by the shortest
 * decimal that identifies the double: `1.50` and `1e3` do; `9007199254740993`, `0.1234567890123456789`, `1e400` and
 * `1e-400` do not.
 */
export function isExactNumber(text: string): boolean {
  if (text.length <= ALWAYS_EXACT && !/[eE]/.test(text)) return true;
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const given = decimalOf(text);
  const kept = decimalOf(String(value));
  return given.digits === kept.digits && given.exponent === kept.exponent;
}
