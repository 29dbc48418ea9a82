import type * as z from 'zod';

/** Where a value breaks a schema, as dotted paths, each once; empty when it does not. */
export function issuePaths(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return [...new Set(issues.map((issue) => issue.path.join('.')))];
}
