import { ObjectStackError } from '@objectstack/spec/shared';

/** Whether the database was there and refused the statement itself, as when a table is missing. */
export const isSqlError = (error: unknown): boolean =>
  ObjectStackError.isInstance(error) && error.code === 'sql_error';
