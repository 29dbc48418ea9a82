import { ObjectStackError } from '@objectstack/spec/shared';

/** Codes of errors that affect one record and leave its transaction usable. */
const RECORD_ERRORS: ReadonlySet<string> = new Set([
  'validation_failed',
  'unique_violation',
  'foreign_key_violation',
  'not_null_violation',
  'record_not_found',
]);

/** Whether the error is about one record, so that the others can be written. */
export const isAboutRecord = (error: unknown): error is ObjectStackError =>
  ObjectStackError.isInstance(error) && RECORD_ERRORS.has(error.code);
