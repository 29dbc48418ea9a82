import { type ErrorCode, ObjectStackError, type ObjectStackErrorOptions } from '@objectstack/spec/shared';

const MESSAGES: Partial<Record<ErrorCode, string>> = {
  conversion_failed: 'A stored value cannot be converted to the new type of its field.',
  database_busy: 'The call conflicts with another one. Repeat it.',
  database_full: 'The disk of the PostgreSQL server is full.',
  database_invalid: 'The stored object definitions are malformed.',
  database_not_found: 'The PostgreSQL database does not exist.',
  database_unreachable: 'The PostgreSQL server cannot be reached.',
  destructive_not_allowed: 'The definition removes data or weakens a rule.',
  foreign_key_violation: 'A record refers to a record that does not exist, or is still referenced.',
  invalid_filter: 'The filter is malformed or contains an unknown name.',
  invalid_query: 'The query is malformed or contains an unknown name.',
  invalid_request: 'An argument of the call is malformed.',
  invalid_transaction: 'The transaction has ended, has an open nested transaction, or is not of this driver.',
  not_allowed: 'The SQL statement uses a feature that is not permitted.',
  not_connected: 'The driver is not connected.',
  not_null_violation: 'A field that must have a value has none.',
  not_supported: 'The driver does not support this feature.',
  object_not_found: 'No object with this name is deployed.',
  out_of_memory: 'The PostgreSQL server ran out of memory.',
  record_not_found: 'No record with this id exists.',
  request_timeout: 'The PostgreSQL server did not respond in time.',
  sql_error: 'PostgreSQL rejected the statement.',
  transaction_expired: 'The transaction was idle for too long and was rolled back.',
  unauthorized: 'PostgreSQL rejected the user, the password or the privileges.',
  unique_violation: 'Another record already has this value in a unique field.',
  validation_failed: 'The record violates rules of its object.',
};

type Details<Code extends ErrorCode> = NonNullable<ObjectStackErrorOptions<Code>['details']>;

/** An error of this driver. Messages contain neither values nor the connection string. */
export const driverError = <Code extends ErrorCode>(code: Code, details?: Details<Code>) =>
  new ObjectStackError<Code>({ code, message: MESSAGES[code] ?? code, ...(details && { details }) });

/** The error of one item of a bulk operation. */
export function withIndex(error: unknown, index: number): unknown {
  if (!ObjectStackError.isInstance(error)) return error;
  const { code, message, details } = error;
  return new ObjectStackError({ code, message, details: { ...details, index } as Details<typeof code> });
}
