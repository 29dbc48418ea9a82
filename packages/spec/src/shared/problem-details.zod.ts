import * as z from 'zod';
import { ErrorCodeEnum } from './error-code.zod.js';

export const ProblemDetailsSchema = z
  .object({
    type: z
      .string()
      .describe(
        'URI reference that identifies the type of error: urn:objectstack:error: followed by the error code.',
      ),
    title: z.string().describe('Summary of the error type; the same for every occurrence of a code.'),
    status: z.int().min(400).max(599).describe('HTTP status code that corresponds to the error.'),
    detail: z.string().describe('Explanation of this occurrence. Contains no secrets and no record values.'),
    code: ErrorCodeEnum,
    retryable: z.boolean().describe('Whether the same call may succeed later without changes.'),
    details: z
      .record(z.string(), z.unknown())
      .optional()
      .describe(
        'Machine-readable details of this occurrence; ERROR_DETAILS lists the keys for each error code. Absent if there are none.',
      ),
  })
  .describe(
    'Error in the format of RFC 9457 (problem details), with code and retryable as extension members.',
  );
export type ProblemDetails = z.infer<typeof ProblemDetailsSchema>;
