import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { READ_ONLY_FILE } from '../connection/map-error.js';

const WRONG_KIND =
  'The data folder cannot be used: a file stands in the place of a folder, a folder in the place of a file, or its parent ' +
  'does not exist.';

const CODES: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ['database_full', 'The disk of the data folder has no room left. Free some, then retry.'],
  EDQUOT: ['database_full', 'The disk quota of the data folder is used up. Free some, then retry.'],
  EMFILE: [
    'database_busy',
    'The process has no file descriptor left. Retry, or raise its limit (ulimit -n).',
  ],
  ENFILE: ['database_busy', 'The system has no file descriptor left. Retry, or raise its limit.'],
  EROFS: [READ_ONLY_FILE.code, READ_ONLY_FILE.text],
  EACCES: [READ_ONLY_FILE.code, READ_ONLY_FILE.text],
  EPERM: [READ_ONLY_FILE.code, READ_ONLY_FILE.text],
  ENOENT: ['configuration_invalid', WRONG_KIND],
  ENOTDIR: ['configuration_invalid', WRONG_KIND],
  EISDIR: ['configuration_invalid', WRONG_KIND],
  EEXIST: ['configuration_invalid', WRONG_KIND],
  ELOOP: ['configuration_invalid', 'The data folder leads to itself through symbolic links.'],
  ENAMETOOLONG: ['configuration_invalid', 'The path of the data folder is too long.'],
};

/** The error of a file operation in the data folder as one of the protocol, without the path. */
export function toFileError(error: unknown): ObjectStackError {
  if (ObjectStackError.isInstance(error)) return error;
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
  const [errorCode, message] = CODES[code] ?? ['internal', 'The file system of the data folder failed.'];
  return new ObjectStackError({ code: errorCode, message, details: { systemCode: String(code) } });
}

/** The same object, whose methods reject with errors of the protocol only. */
export function withFileErrors<T extends object>(target: T): T {
  const wrap = (method: unknown) =>
    typeof method !== 'function'
      ? method
      : async (...args: unknown[]) => {
          try {
            return await method.apply(target, args);
          } catch (error) {
            throw toFileError(error);
          }
        };
  return Object.fromEntries(Object.entries(target).map(([name, method]) => [name, wrap(method)])) as T;
}
