import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';

const MESSAGES: Partial<Record<ErrorCode, string>> = {
  aborted: 'The caller gave up.',
  foreign_key_violation: 'A record refers to one that does not exist, or is still referred to.',
  invalid_filter: 'The filter is malformed or names something unknown.',
  invalid_query: 'The query is malformed or names something unknown.',
  invalid_transaction: 'The transaction has ended or is of another database.',
  not_connected: 'The driver is not connected.',
  object_not_found: 'No such object is deployed.',
  record_not_found: 'No record has this id.',
  transaction_expired: 'The transaction idled too long and was rolled back.',
  unique_violation: 'Another record has the same value.',
  validation_failed: 'The record breaks rules of its object.',
};

export function memoryError(code: ErrorCode, details: Record<string, unknown> = {}): ObjectStackError {
  return new ObjectStackError({ code, message: MESSAGES[code] ?? 'Refused.', details });
}
