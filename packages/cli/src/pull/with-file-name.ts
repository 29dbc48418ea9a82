import { ObjectStackError } from '@objectstack/spec/shared';
import { CommandError } from '../frame/command-error.js';

/** The error for a file that is not a database, with the name of the file; any other error as it is. */
export function withFileName(error: unknown, file: string): unknown {
  if (!ObjectStackError.isInstance(error) || error.code !== 'database_invalid') return error;
  return new CommandError(
    new ObjectStackError({
      code: 'database_invalid',
      message: `The file ${file} is not an SQLite database, or is damaged. Check the path, or restore the file from a backup.`,
      cause: error,
    }),
    { next: ['objectstack pull <database>'] },
  );
}
