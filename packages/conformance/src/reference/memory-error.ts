import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';

const MESSAGES: Partial<Record<ErrorCode, string>> = {
  conversion_failed: 'A stored value cannot be converted to the new type of its field.',
  database_busy: 'Another transaction has written the same record.',
  database_invalid: 'This is not a database.',
  foreign_key_violation: 'A record refers to a record that does not exist, or is still referenced.',
  invalid_filter: 'The filter is malformed or contains an unknown name.',
  invalid_query: 'The query is malformed or contains an unknown name.',
  invalid_transaction: 'The transaction has ended or belongs to another database.',
  not_null_violation: 'A field that must have a value has none.',
  not_connected: 'The driver is not connected.',
  object_not_found: 'No object with this name is deployed.',
  record_not_found: 'No record with this id exists.',
  transaction_expired: 'The transaction was idle for too long and was rolled back.',
  unique_violation: 'Another record already has this value in a unique field.',
  validation_failed: 'The record violates rules of its object.',
};

export const notSupportedInMemory = (feature: string): ObjectStackError =>
  new ObjectStackError({
    code: 'not_supported',
    message: `The in-memory driver does not support ${feature}.`,
  });

export function memoryError(code: ErrorCode, details: Record<string, unknown> = {}): ObjectStackError {
  return new ObjectStackError({ code, message: MESSAGES[code] ?? 'Refused.', details });
}
