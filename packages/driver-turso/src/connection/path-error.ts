import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';

const BY_SYSTEM_CODE: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOTDIR: [
    'configuration_invalid',
    'The path of the database contains a file where a directory is expected. Correct the path.',
  ],
  ENAMETOOLONG: ['configuration_invalid', 'The path of the database is too long. Use a shorter path.'],
  ELOOP: [
    'configuration_invalid',
    'The path of the database contains a loop of symbolic links. Remove the loop.',
  ],
  EACCES: [
    'database_blocked',
    'A directory in the path of the database cannot be entered. Permit it for the user of this process.',
  ],
};

/** The error for a path that the system refuses, without the path; any other error is returned unchanged. */
export function pathError(error: unknown): unknown {
  const systemCode = String((error as NodeJS.ErrnoException | null)?.code);
  const [code, message] = BY_SYSTEM_CODE[systemCode] ?? [];
  return code && message ? new ObjectStackError({ code, message, details: { systemCode } }) : error;
}

/** Reads the metadata of a path, with the errors of {@link pathError}. */
export function readingPath<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw pathError(error);
  }
}
