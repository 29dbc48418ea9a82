import * as z from 'zod';
import { ERROR_CODES, type ErrorCode, ErrorCodeEnum } from './error-code.zod.js';
import type { ErrorDetailsOf, OwnErrorDetails } from './error-details.js';
import { ERROR_FACTS } from './error-facts.zod.js';
import { type ProblemDetails, ProblemDetailsSchema } from './problem-details.zod.js';

const MARKER = Symbol.for('objectstack.error');
const TYPE_PREFIX = 'urn:objectstack:error:';

/** Problem details of this release or of a newer one, which may have additional codes. */
const ReceivedProblemSchema = ProblemDetailsSchema.extend({ code: z.string() });

/** Received details without the facts whose values have another type. Facts of newer releases are preserved. */
function receivedDetails(details: Readonly<Record<string, unknown>> = {}): ErrorDetailsOf {
  const schemas: Readonly<Record<string, z.ZodType>> = ERROR_FACTS;
  return Object.fromEntries(
    Object.entries(details).filter(
      ([fact, value]) => !Object.hasOwn(schemas, fact) || schemas[fact]?.safeParse(value).success,
    ),
  );
}

/** Options for the constructor of the error. */
export interface ObjectStackErrorOptions<Code extends ErrorCode = ErrorCode> {
  /** Stable error code, for example `tenant_not_found`. */
  code: Code;
  /** Description of this occurrence in one sentence, without secrets and record values. */
  message: string;
  /** Machine-readable details of this occurrence; `ERROR_DETAILS` lists the properties for each code. Defaults to none. */
  details?: OwnErrorDetails<Code>;
  /** Whether the same call may succeed later. Defaults to the value for the code in {@link ERROR_CODES}. */
  retryable?: boolean;
  /** Error or other value that caused the error. Defaults to none. */
  cause?: unknown;
}

/** The error class of all implementations of the protocol, identified by `code`. */
export class ObjectStackError<Code extends ErrorCode = ErrorCode> extends Error {
  /** Name of the class. */
  override readonly name = 'ObjectStackError';
  /** Stable error code, for example `tenant_not_found`. */
  readonly code: Code;
  /** Whether the same call may succeed later without changes. */
  readonly retryable: boolean;
  /** Machine-readable details of this occurrence; `ERROR_DETAILS` lists the properties for each code. */
  readonly details: ErrorDetailsOf<Code>;
  /** Identifies instances of any copy of this class. */
  readonly [MARKER] = true;

  constructor({ code, message, details = {}, retryable, cause }: ObjectStackErrorOptions<Code>) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = retryable ?? ERROR_CODES[code].retryable;
    this.details = details;
  }

  /**
   * Whether the value is an instance of any copy of this class in the process, with one of the codes if any are given. The
   * codes also give `details` its type.
   */
  static isInstance<Code extends ErrorCode = ErrorCode>(
    value: unknown,
    ...codes: readonly Code[]
  ): value is ObjectStackError<Code> {
    if (typeof value !== 'object' || value === null) return false;
    const { [MARKER]: isMarked, code } = value as { [MARKER]?: unknown; code?: unknown };
    return isMarked === true && (codes.length === 0 || codes.includes(code as Code));
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
        message:
          'The response of the service is not problem details (RFC 9457). Check the URL of the service, and what is between.',
      });
    const { code, detail, retryable, details } = parsed.data;
    const known = ErrorCodeEnum.safeParse(code);
    return new ObjectStackError({
      code: known.success ? known.data : 'internal',
      message: detail,
      retryable,
      details: { ...receivedDetails(details), ...(!known.success && { unknownCode: code }) },
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
