import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';

const DISK_ERRORS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ['database_full', 'The disk of the bundle store is full. Free disk space, then retry.'],
  EDQUOT: [
    'database_full',
    'The disk quota of the bundle store is exhausted. Free disk space or raise the quota, then retry.',
  ],
  EMFILE: [
    'database_busy',
    'The process has no free file descriptor. Retry later, or raise its limit (ulimit -n).',
  ],
  ENFILE: [
    'database_busy',
    'The system has no free file descriptor. Retry later, or raise the limit of the system.',
  ],
  ENOTDIR: [
    'configuration_invalid',
    'A path that must be a directory of the bundle store is a file. Remove the file, or configure another directory.',
  ],
  EEXIST: [
    'configuration_invalid',
    'A path that must be a directory of the bundle store is a file. Remove the file, or configure another directory.',
  ],
  EISDIR: [
    'configuration_invalid',
    'A path that must be a file of the bundle store is a directory. Remove the directory, or configure another one.',
  ],
  ELOOP: [
    'configuration_invalid',
    'The directory of the bundle store is a loop of symbolic links. Remove the loop, or configure another directory.',
  ],
  ENAMETOOLONG: [
    'configuration_invalid',
    'The path of the bundle store is too long. Configure a shorter one.',
  ],
  EROFS: [
    'database_blocked',
    'The directory of the bundle store is read-only. Make it writable, or configure another one.',
  ],
  EACCES: [
    'database_blocked',
    'The user of this process may not access the directory of the bundle store. Grant read and write access.',
  ],
  EPERM: [
    'database_blocked',
    'The user of this process may not access the directory of the bundle store. Grant read and write access.',
  ],
};

/** Converts an error of a file operation of the bundle store to an `ObjectStackError`. */
export function diskFailure(cause: unknown): ObjectStackError {
  const systemCode = String((cause as NodeJS.ErrnoException | null)?.code);
  const [code, message] = DISK_ERRORS[systemCode] ?? [];
  if (code && message) return new ObjectStackError({ code, message, details: { systemCode } });
  return new ObjectStackError({
    code: 'internal',
    message: 'A file operation of the bundle store failed. Check its directory and disk, then retry.',
    cause,
  });
}
