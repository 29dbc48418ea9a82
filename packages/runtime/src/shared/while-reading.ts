import { ObjectStackError } from '@objectstack/spec/shared';

/**
 * Runs code that only reads what a caller handed in: an error that is not typed comes from a getter or a proxy of the
 * caller's, or from a value that is not what its type says, and becomes the given one.
 */
export function whileReading<T>(unreadable: () => ObjectStackError, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw ObjectStackError.isInstance(error) ? error : unreadable();
  }
}
