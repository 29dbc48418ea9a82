import { ObjectStackError } from '@objectstack/spec/shared';

const CODES: ReadonlySet<string> = new Set([
  'object_not_found',
  'invalid_filter',
  'invalid_query',
  'validation_failed',
]);
const MISSING = /no such (table|column)|has no column/;

/** Whether a call was rejected because of the metadata, so that it may succeed with newer metadata. */
export function dependsOnMetadata(error: unknown): boolean {
  if (!ObjectStackError.isInstance(error)) return false;
  const { code, details } = error;
  return CODES.has(code) || (code === 'sql_error' && MISSING.test(String(details.reason)));
}
