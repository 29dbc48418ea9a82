/** Returns whether the value is a plain object, and not for example a list, a Map or a Promise. */
export function isPlainObject<T>(value: T): value is T & Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
