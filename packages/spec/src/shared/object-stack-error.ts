import * as z from 'zod';
import { ERROR_CODES, type ErrorCode, ErrorCodeEnum } from './error-code.zod.js';
import { type ProblemDetails, ProblemDetailsSchema } from './problem-details.zod.js';

const MARKER = Symbol.for('objectstack.error');
const TYPE_PREFIX = 'urn:objectstack:error:';

/** Problem details of this release or a newer one, which may have further codes. */
const ReceivedProblemSchema = ProblemDetailsSchema.extend({ code: z.string() });

/** What an error is made of. */
export interface ObjectStackErrorOptions {
  code: ErrorCode;
  /** What happened, in one sentence, without secrets and without values of records. */
  message: string;
  /** Facts for a program: paths, names, counts, ids. */
  details?: Record<string, unknown>;
  /** Overrides what {@link ERROR_CODES} says of the code. */
  retryable?: boolean;
  cause?: unknown;
}

/** The one error that the protocol's implementations throw; `code` says which. */
export class ObjectStackError extends Error {
  override readonly name = 'ObjectStackError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: Record<string, unknown>;
  readonly [MARKER] = true;

  constructor({ code, message, details = {}, retryable, cause }: ObjectStackErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = retryable ?? ERROR_CODES[code].retryable;
    this.details = details;
  }

  /** True for an instance of any copy of this class in the process. */
  static isInstance(value: unknown): value is ObjectStackError {
    return typeof value === 'object' && value !== null && (value as { [MARKER]?: unknown })[MARKER] === true;
  }

  /**
   * Rebuilds the error that a service answered with; never throws. A code that this release does not know becomes
   * `internal` with the code in `details.unknownCode`, and what is no problem details at all becomes `internal`.
   */
  static fromProblemDetails(problem: unknown): ObjectStackError {
    const parsed = ReceivedProblemSchema.safeParse(problem);
    if (!parsed.success)
      return new ObjectStackError({
        code: 'internal',
        message: 'The service answered with no problem details.',
      });
    const { code, detail, retryable, details } = parsed.data;
    const known = ErrorCodeEnum.safeParse(code);
    return new ObjectStackError({
      code: known.success ? known.data : 'internal',
      message: detail,
      retryable,
      details: { ...details, ...(!known.success && { unknownCode: code }) },
    });
  }

  /** The error as RFC 9457 problem details; causes stay behind. */
  toProblemDetails(): ProblemDetails {
    const { status, title } = ERROR_CODES[this.code];
    return {
      type: `${TYPE_PREFIX}${this.code}`,
      title,
      status,
      detail: this.message,
      code: this.code,
      retryable: this.retryable,
      ...(Object.keys(this.details).length > 0 && { details: this.details }),
    };
  }

  /** The same, for `JSON.stringify`. */
  toJSON(): ProblemDetails {
    return this.toProblemDetails();
  }
}
