import { isPlainObject } from '@objectstack/spec/shared';

/**
 * Whether a value that was parsed from JSON is what the JSON text of another value would be parsed to, whatever the order
 * of keys. False means only that the text must be compared: other values than plain JSON can have the same text.
 */
export function isCopyOf(copy: unknown, value: unknown): boolean {
  try {
    return isSame(copy, value);
  } catch {
    return false;
  }
}

/** Most values are the same text, number or boolean. */
const isSame = (copy: unknown, value: unknown): boolean =>
  copy === value || (typeof copy === 'object' && copy !== null && isSameContent(copy, value));

function isSameContent(copy: object, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  if (Array.isArray(copy)) return Array.isArray(value) && isSameList(copy, value);
  return isPlainObject(value) && isSameObject(copy as Record<string, unknown>, value);
}

function isSameList(copy: readonly unknown[], value: readonly unknown[]): boolean {
  if (copy.length !== value.length) return false;
  for (let index = 0; index < copy.length; index++) if (!isSame(copy[index], value[index])) return false;
  return true;
}

/** The values of the copy's keys can be inherited or not enumerable, so the keys of both are compared, too. */
function isSameObject(copy: Record<string, unknown>, value: Record<string, unknown>): boolean {
  let count = 0;
  for (const key in copy) {
    if (!isSame(copy[key], value[key])) return false;
    count++;
  }
  for (const key in value) {
    if (!Object.hasOwn(value, key) || !Object.hasOwn(copy, key)) return false;
    count--;
  }
  return count === 0;
}
