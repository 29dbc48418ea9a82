import * as z from 'zod';
import { ApiError } from './api-error.js';

/** Bodies of requests, by what they are for. Unknown properties are ignored, as the Platform API does. */
export const REQUESTS = {
  database: z.object({
    name: z.string(),
    group: z.string(),
    seed: z
      .object({ type: z.string(), name: z.string().optional(), timestamp: z.string().optional() })
      .optional(),
    size_limit: z.string().optional(),
  }),
  configuration: z.object({
    size_limit: z.string().optional(),
    allow_attach: z.boolean().optional(),
    block_reads: z.boolean().optional(),
    block_writes: z.boolean().optional(),
    delete_protection: z.boolean().optional(),
    allowed_ips: z.array(z.string()).nullish(),
    allowed_aws_vpc_ids: z.array(z.string()).nullish(),
  }),
  group: z.object({ name: z.string().min(1), location: z.string().min(1) }),
  groupConfiguration: z.object({ delete_protection: z.boolean().optional() }),
} as const;

/** The parsed body of a request. */
export function readRequest<T>(body: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new ApiError(400, `invalid request body: ${parsed.error.issues[0]?.path.join('.')}`);
}
