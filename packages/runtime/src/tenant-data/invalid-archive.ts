import { ObjectStackError } from '@objectstack/spec/shared';

/** The error for an archive that is malformed or incomplete. Never contains a value of the archive. */
export function invalidArchive(message: string, line?: number): ObjectStackError {
  const issues = line === undefined ? [] : [{ path: '', code: 'invalid_line', message, line }];
  const where = line === undefined ? '' : ` (line ${line})`;
  return new ObjectStackError({
    code: 'invalid_archive',
    message: `${message}${where}`,
    details: { issues },
  });
}

/** The same error with the position of the record's line in the archive, starting at 0. */
export function atLine(error: unknown, line: number): unknown {
  if (!ObjectStackError.isInstance(error)) return error;
  const { code, message, retryable, details } = error;
  return new ObjectStackError({
    code,
    message: `${message} The record is in line ${line} of the archive.`,
    retryable,
    details: { ...details, index: line - 1 },
    cause: error,
  });
}
