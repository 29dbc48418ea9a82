import { ERROR_CODES, type ErrorCode } from '../shared/error-code.zod.js';
import type { OwnErrorDetails } from '../shared/error-details.js';
import { ObjectStackError } from '../shared/object-stack-error.js';

/** Returns the error with which a driver rejects a call. Its message is the title of the code. */
export const rejection = <Code extends ErrorCode>(code: Code, details: OwnErrorDetails<Code> = {}) =>
  new ObjectStackError<Code>({ code, message: ERROR_CODES[code].title, details });
