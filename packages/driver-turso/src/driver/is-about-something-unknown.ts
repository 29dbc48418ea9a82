import { ObjectStackError } from '@objectstack/spec/shared';

const CODES: ReadonlySet<string> = new Set([
  'object_not_found',
  'invalid_filter',
  'invalid_query',
  'not_null_violation',
]);
const MISSING = /no such (table|column)|has no column/;

/**
 * Whether an error is about an object or field that a newer version of the metadata may have, or have no longer: a column
 * that was left empty may be one that nobody knew.
 */
export function isAboutSomethingUnknown(error: unknown): boolean {
  if (!ObjectStackError.isInstance(error)) return false;
  const { code, details } = error;
  if (CODES.has(code)) return true;
  if (code === 'sql_error') return MISSING.test(String(details.reason));
  const violations =
    code === 'validation_failed' && Array.isArray(details.violations) ? details.violations : [];
  return violations.some(({ rule }) => rule === 'unknown_field');
}
