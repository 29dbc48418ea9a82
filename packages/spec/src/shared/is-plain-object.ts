/** Whether the value is an object of values by name, and not a list, a Map or a Promise, whose values are elsewhere. */
export function isPlainObject<T>(value: T): value is T & Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
