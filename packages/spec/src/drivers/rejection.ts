import { ERROR_CODES, type ErrorCode } from '../shared/error-code.zod.js';
import type { OwnErrorDetails } from '../shared/error-details.js';
import { ObjectStackError } from '../shared/object-stack-error.js';

/** The error that a driver rejects a call with. Its message is the title of the code. */
export const rejection = <Code extends ErrorCode>(code: Code, details: OwnErrorDetails<Code> = {}) =>
  new ObjectStackError<Code>({ code, message: ERROR_CODES[code].title, details });
