import { ObjectStackError } from '@objectstack/spec/shared';
import { CommandError } from './command-error.js';
import { nextCommands } from './next-commands.js';

interface UsageProblem {
  readonly code: string;
  readonly message: string;
}

const isUsageProblem = (error: unknown): error is UsageProblem =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');

const systemCodeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : undefined;
};

/** Errors of the operating system that a person can solve without knowing the program. */
const SYSTEM_MESSAGES: Readonly<Record<string, string>> = {
  EACCES: 'Permission to read or write a file was denied. Check the permissions of the directory.',
  EEXIST: 'A file or directory with this name already exists.',
  EISDIR: 'A directory was given in place of a file.',
  ENOENT: 'A file or directory does not exist. Check the path.',
  ENOSPC: 'The disk is full.',
  ENOTDIR: 'A part of the path is a file, not a directory.',
  EPERM: 'The operating system does not permit the operation.',
  EROFS: 'The file system is read-only.',
};

/** Any error as one that has a code, a message, an exit code and the commands to continue with. */
export function toCommandError(error: unknown, command = ''): CommandError {
  if (error instanceof CommandError)
    return error.next.length > 0
      ? error
      : new CommandError(error.error, { ...error, next: nextCommands(error.error, command) });
  if (ObjectStackError.isInstance(error))
    return new CommandError(error, { next: nextCommands(error, command) });
  if (isUsageProblem(error)) {
    const isMissing = error.code === 'commander.help';
    const message = isMissing
      ? 'A command is missing.'
      : error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    const sentence = message.charAt(0).toUpperCase() + message.slice(1);
    return new CommandError(new ObjectStackError({ code: 'invalid_request', message: sentence }), {
      exit: 'usage',
      next: [`objectstack ${command} --help`.replace('  ', ' ')],
    });
  }
  const systemCode = systemCodeOf(error);
  const message =
    (systemCode && SYSTEM_MESSAGES[systemCode]) ??
    'An unexpected error occurred. Report it with the command that caused it.';
  const details = systemCode === undefined ? {} : { systemCode };
  const internal = new ObjectStackError({ code: 'internal', message, details, cause: error });
  return new CommandError(internal, { next: nextCommands(internal, command) });
}
