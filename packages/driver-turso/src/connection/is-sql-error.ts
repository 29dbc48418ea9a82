import { ObjectStackError } from '@objectstack/spec/shared';

/** Whether the database was reached and rejected the statement itself, for example because a table does not exist. */
export const isSqlError = (error: unknown): boolean =>
  ObjectStackError.isInstance(error) && error.code === 'sql_error';
