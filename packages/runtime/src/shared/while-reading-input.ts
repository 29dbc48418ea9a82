import { ObjectStackError } from '@objectstack/spec/shared';

/**
 * Runs code that only reads a value of the caller. An untyped error comes from a getter or proxy of the caller, or from
 * a value of the wrong type, and is replaced by the given one.
 */
export function whileReadingInput<T>(unreadable: () => ObjectStackError, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw ObjectStackError.isInstance(error) ? error : unreadable();
  }
}
