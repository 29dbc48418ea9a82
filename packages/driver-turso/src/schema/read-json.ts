import { ObjectStackError } from '@objectstack/spec/shared';

/** Parses the value of a JSON column. Throws `database_invalid`, without the value, if it is not JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ObjectStackError({
      code: 'database_invalid',
      message: 'A JSON column holds text that is not JSON.',
    });
  }
}
