import {
  type ErrorCode,
  type ExitClass,
  exitClassOf,
  ObjectStackError,
  type OwnErrorDetails,
} from '@objectstack/spec/shared';

/** Position in a file that an error is about. */
export interface SourcePlace {
  /** Path of the file, relative to the current directory if it is below it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A problem in the source of a bundle or configuration. */
export interface PlacedProblem {
  readonly code: string;
  readonly message: string;
  /** JSON Pointer to the value. */
  readonly path: string;
  readonly place?: SourcePlace | undefined;
  /** Lines of the file around the place. */
  readonly frame?: string | undefined;
}

export interface CommandErrorOptions {
  readonly exit?: ExitClass | undefined;
  /** Commands that solve the problem or show more about it. */
  readonly next?: readonly string[] | undefined;
  readonly problems?: readonly PlacedProblem[] | undefined;
}

/** An error of the protocol with what only the command line knows: places in files and the next command. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly error: ObjectStackError;
  readonly exit: ExitClass;
  readonly next: readonly string[];
  readonly problems: readonly PlacedProblem[];

  constructor(error: ObjectStackError, { exit, next = [], problems = [] }: CommandErrorOptions = {}) {
    super(error.message, { cause: error });
    this.error = error;
    this.exit = exit ?? exitClassOf(error.code);
    this.next = next;
    this.problems = problems;
  }
}

interface NewError<Code extends ErrorCode> extends CommandErrorOptions {
  readonly code: Code;
  readonly message: string;
  readonly details?: OwnErrorDetails<Code>;
}

export function commandError<Code extends ErrorCode>({
  code,
  message,
  details,
  ...options
}: NewError<Code>): CommandError {
  return new CommandError(new ObjectStackError({ code, message, ...(details && { details }) }), options);
}

/** An error of the arguments or options. */
export const usageError = (message: string, next: readonly string[] = []): CommandError =>
  commandError({ code: 'invalid_request', message, exit: 'usage', next });

/** The command was interrupted; `next` are commands that continue it. */
export const interrupted = (next: readonly string[] = []): CommandError =>
  commandError({
    code: 'aborted',
    message: 'The command was interrupted. What was completed before remains.',
    next,
  });
