import * as z from 'zod';
import { ErrorCodeEnum } from './error-code.zod.js';

export const ProblemDetailsSchema = z
  .object({
    type: z.string().describe('URI reference of the kind of problem; ends in the code.'),
    title: z.string().describe('The kind of problem in words; the same for every occurrence.'),
    status: z.int().min(400).max(599).describe('HTTP status code.'),
    detail: z.string().describe('What happened this time. Holds no secret and no value of a record.'),
    code: ErrorCodeEnum,
    retryable: z.boolean().describe('Whether the same call may succeed later.'),
    details: z.record(z.string(), z.unknown()).optional().describe('Facts of this occurrence, by code.'),
  })
  .describe(
    'An error on the wire: problem details of RFC 9457 with code and retryable as extension members.',
  );
export type ProblemDetails = z.infer<typeof ProblemDetailsSchema>;
