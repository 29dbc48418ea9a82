import type { StoredValue } from '../data/check-record.js';
import { type FieldValueModel, foldCase } from '../data/field-value.js';

/** Position of a UTF-16 unit in the order of bytes in UTF-8: surrogates stand for characters after all others. */
const rankOf = (unit: number): number => {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
};

/** Compares two strings by their bytes in UTF-8, as `binaryCollation` requires. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = rankOf(left.charCodeAt(index)) - rankOf(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/**
 * Compares two stored values of a field for sorting: a missing value comes first, and strings are compared by their bytes,
 * without regard to the case of A to Z if the field ignores case.
 */
export function compareStored(
  { ignoresCase }: Pick<FieldValueModel, 'ignoresCase'>,
  left: StoredValue,
  right: StoredValue,
): number {
  if (left === null || right === null) return Number(right === null) - Number(left === null);
  if (typeof left !== 'string' || typeof right !== 'string') return Number(left) - Number(right);
  return ignoresCase ? compareTexts(foldCase(left), foldCase(right)) : compareTexts(left, right);
}
