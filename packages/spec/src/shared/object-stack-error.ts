import * as z from 'zod';
import { ERROR_CODES, type ErrorCode, ErrorCodeEnum } from './error-code.zod.js';
import { type ProblemDetails, ProblemDetailsSchema } from './problem-details.zod.js';

const MARKER = Symbol.for('objectstack.error');
const TYPE_PREFIX = 'urn:objectstack:error:';

/** Problem details of this release or of a newer one, which may have additional codes. */
const ReceivedProblemSchema = ProblemDetailsSchema.extend({ code: z.string() });

/** Options of the error's constructor. */
export interface ObjectStackErrorOptions {
  code: ErrorCode;
  /** Description of this occurrence in one sentence, without secrets and record values. */
  message: string;
  /** Machine-readable details: paths, names, counts, ids. */
  details?: Record<string, unknown>;
  /** Overrides the value in {@link ERROR_CODES}. */
  retryable?: boolean;
  cause?: unknown;
}

/** The error class of all implementations of the protocol, identified by `code`. */
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

  /** Whether the value is an instance of any copy of this class in the process. */
  static isInstance(value: unknown): value is ObjectStackError {
    return typeof value === 'object' && value !== null && (value as { [MARKER]?: unknown })[MARKER] === true;
  }

  /**
   * Restores the error from the problem details of a service; never throws. An unknown code becomes `internal` with the
   * code in `details.unknownCode`, and input that is not problem details becomes `internal`.
   */
  static fromProblemDetails(problem: unknown): ObjectStackError {
    const parsed = ReceivedProblemSchema.safeParse(problem);
    if (!parsed.success)
      return new ObjectStackError({
        code: 'internal',
        message: 'The response of the service does not contain problem details.',
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

  /** Converts the error to problem details (RFC 9457), without its cause. */
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

  /** The problem details, for `JSON.stringify`. */
  toJSON(): ProblemDetails {
    return this.toProblemDetails();
  }
}
