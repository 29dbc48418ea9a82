import { ObjectStackError } from '@objectstack/spec/shared';

/** A value of a JSON column. Throws `database_invalid` without quoting it. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ObjectStackError({ code: 'database_invalid', message: 'A JSON column holds something else.' });
  }
}
