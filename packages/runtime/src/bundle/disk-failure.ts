import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';

const DISK_ERRORS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ['database_full', 'The disk of the bundle store has no room left. Free some, then retry.'],
  EDQUOT: ['database_full', 'The disk quota of the bundle store is used up. Free some, then retry.'],
  EMFILE: [
    'database_busy',
    'The process has no file descriptor left. Retry, or raise its limit (ulimit -n).',
  ],
  ENFILE: ['database_busy', 'The system has no file descriptor left. Retry, or raise its limit.'],
  ENOTDIR: ['configuration_invalid', 'A file stands in the place of a folder of the bundle store.'],
  EEXIST: ['configuration_invalid', 'A file stands in the place of a folder of the bundle store.'],
  EISDIR: ['configuration_invalid', 'A folder stands in the place of a file of the bundle store.'],
  ELOOP: ['configuration_invalid', 'The folder of the bundle store leads to itself through symbolic links.'],
  ENAMETOOLONG: ['configuration_invalid', 'The path of the bundle store is too long.'],
  EROFS: ['database_blocked', 'The folder of the bundle store is read-only.'],
  EACCES: ['database_blocked', 'The folder of the bundle store cannot be used by the user of this process.'],
  EPERM: ['database_blocked', 'The folder of the bundle store cannot be used by the user of this process.'],
};

/** The error of a file operation of the bundle store as one of the protocol. */
export function diskFailure(cause: unknown): ObjectStackError {
  const systemCode = String((cause as NodeJS.ErrnoException | null)?.code);
  const [code, message] = DISK_ERRORS[systemCode] ?? [];
  if (code && message) return new ObjectStackError({ code, message, details: { systemCode } });
  return new ObjectStackError({ code: 'internal', message: 'The bundle store cannot use its disk.', cause });
}
