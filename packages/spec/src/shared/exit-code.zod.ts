import * as z from 'zod';
import { ERROR_CODES, type ErrorCode } from './error-code.zod.js';

interface ExitClassFacts {
  /** Exit code of the process. */
  readonly code: number;
  /** One sentence for people. */
  readonly meaning: string;
}

/** Every class of exit codes of the command line, with its exit code and meaning. */
export const EXIT_CODES = {
  ok: { code: 0, meaning: 'The command succeeded.' },
  failure: { code: 1, meaning: 'The command failed, or a check such as `drift` or `doctor` found problems.' },
  usage: { code: 2, meaning: 'The arguments, options or configuration are not valid. Nothing was done.' },
  refused: { code: 3, meaning: 'The operation needs an approval, a permission or more quota.' },
  conflict: {
    code: 4,
    meaning: 'The current state does not permit the operation. Read it again and repeat.',
  },
  unreachable: { code: 5, meaning: 'A server or database cannot be reached or is busy. Repeat later.' },
  not_found: { code: 6, meaning: 'The tenant, object, record, deployment or file does not exist.' },
  invalid: { code: 7, meaning: 'The bundle, plan, query or data is not valid.' },
  interrupted: { code: 130, meaning: 'The command was interrupted, for example by Ctrl-C.' },
} as const satisfies Record<string, ExitClassFacts>;

export const ExitClassEnum = z
  .enum(Object.keys(EXIT_CODES) as [keyof typeof EXIT_CODES, ...(keyof typeof EXIT_CODES)[]])
  .describe(
    'Class of exit codes of the command line, for example not_found. EXIT_CODES describes every class.',
  );
export type ExitClass = z.infer<typeof ExitClassEnum>;

/** Classes of error codes that their HTTP status does not determine. */
const CLASS_BY_CODE: Partial<Record<ErrorCode, ExitClass>> = {
  configuration_incomplete: 'usage',
  configuration_invalid: 'usage',
  destructive_not_allowed: 'refused',
  exceeds_lock_budget: 'refused',
};

const CLASS_BY_STATUS: Readonly<Record<number, ExitClass>> = {
  400: 'invalid',
  401: 'refused',
  403: 'refused',
  404: 'not_found',
  409: 'conflict',
  410: 'conflict',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
  429: 'unreachable',
  499: 'interrupted',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

/** The class of exit codes that an error of the command line ends with. */
export const exitClassOf = (code: ErrorCode): ExitClass =>
  CLASS_BY_CODE[code] ?? CLASS_BY_STATUS[ERROR_CODES[code].status] ?? 'failure';
