import { type FieldValueModel, foldCase } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';

const BYTES = new TextEncoder();

/** Order of two texts by their bytes in UTF-8. */
function compareBytes(left: string, right: string): number {
  const [a, b] = [BYTES.encode(left), BYTES.encode(right)];
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const COLLATOR = new Intl.Collator('en');

/** Order of two texts in a database that sorts like a dictionary; different texts are never equal. */
export const compareByLanguage = (left: string, right: string): number =>
  COLLATOR.compare(left, right) || compareBytes(left, right);

/** Order of texts, if it is not that of their bytes. */
export interface Collated {
  readonly compareTexts?: (left: string, right: string) => number;
}

/** Order of two values of one field; a missing value comes first. */
export function compareValues(
  left: JsonValue,
  right: JsonValue,
  { compareTexts = compareBytes }: Collated = {},
): number {
  if (left === null || right === null) return Number(right === null) - Number(left === null);
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  return Number(left) - Number(right);
}

type Folding = Pick<FieldValueModel, 'ignoresCase'> & Collated;

/** The value in the form in which it is compared with others. */
export function comparable({ ignoresCase }: Folding, value: JsonValue): JsonValue {
  return ignoresCase && typeof value === 'string' ? foldCase(value) : value;
}

/** Order of two values according to the collation of their field. */
export function compareIn(field: Folding, left: JsonValue, right: JsonValue): number {
  return compareValues(comparable(field, left), comparable(field, right), field);
}
