import { issuesOf, ObjectStackError, summaryOf } from '@objectstack/spec/shared';
import type * as z from 'zod';

/** Reading the value may run a getter or proxy of the caller that throws. */
function safeParse<T>(schema: z.ZodType<T>, value: unknown, subject: string) {
  try {
    return schema.safeParse(value);
  } catch {
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `Reading the ${subject} failed. Pass plain values.`,
    });
  }
}

/** Parses a value of the caller. Throws `invalid_request` with a JSON Pointer for each issue and no values. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown, subject: string): T {
  const parsed = safeParse(schema, value, subject);
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error, { schema, value });
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `The ${subject} is not valid. ${summaryOf(issues)}`,
    details: { issues },
  });
}
