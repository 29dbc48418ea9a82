import { ObjectStackError } from '@objectstack/spec/shared';

const MISSING = /no such (table|column)|has no column/;

/** Whether an error names an object or field that a newer version of the metadata may have, or have no longer. */
export function isAboutSomethingUnknown(error: unknown): boolean {
  if (!ObjectStackError.isInstance(error)) return false;
  const { code, details } = error;
  if (code === 'object_not_found' || code === 'invalid_filter' || code === 'invalid_query') return true;
  if (code === 'sql_error') return MISSING.test(String(details.reason));
  const violations =
    code === 'validation_failed' && Array.isArray(details.violations) ? details.violations : [];
  return violations.some(({ rule }) => rule === 'unknown_field');
}
