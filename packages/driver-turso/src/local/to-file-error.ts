import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { READ_ONLY_FILE } from '../connection/map-error.js';

const WRONG_KIND =
  'The data directory cannot be used: a file exists where a directory is expected, a directory where a file is expected, or its ' +
  'parent does not exist. Check the path of the data directory.';

const CODES: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ['database_full', 'The disk of the data directory is full. Free disk space, then retry.'],
  EDQUOT: [
    'database_full',
    'The disk quota of the data directory is exhausted. Free disk space or raise the quota, then retry.',
  ],
  EMFILE: [
    'database_busy',
    'The process has reached its limit of open file descriptors. Retry, or raise the limit (ulimit -n).',
  ],
  ENFILE: [
    'database_busy',
    'The system has reached its limit of open file descriptors. Retry, or raise the limit.',
  ],
  EROFS: [READ_ONLY_FILE.code, READ_ONLY_FILE.text],
  EACCES: [READ_ONLY_FILE.code, READ_ONLY_FILE.text],
  EPERM: [READ_ONLY_FILE.code, READ_ONLY_FILE.text],
  ENOENT: ['configuration_invalid', WRONG_KIND],
  ENOTDIR: ['configuration_invalid', WRONG_KIND],
  EISDIR: ['configuration_invalid', WRONG_KIND],
  EEXIST: ['configuration_invalid', WRONG_KIND],
  ELOOP: [
    'configuration_invalid',
    'The path of the data directory contains a loop of symbolic links. Remove the loop.',
  ],
  ENAMETOOLONG: ['configuration_invalid', 'The path of the data directory is too long. Use a shorter path.'],
};

/** Converts the error of a file operation in the data directory to an `ObjectStackError`, without the path. */
export function toFileError(error: unknown, option?: string): ObjectStackError {
  if (ObjectStackError.isInstance(error)) return error;
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
  const [errorCode, message] = CODES[code] ?? [
    'internal',
    'A file operation in the data directory failed. Look up the system error in details.systemCode.',
  ];
  const details = {
    systemCode: String(code),
    ...(option && errorCode === 'configuration_invalid' && { option }),
  };
  return new ObjectStackError({ code: errorCode, message, details });
}

/** The same object, whose methods reject only with an `ObjectStackError`. */
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
