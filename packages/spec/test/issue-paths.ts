import type * as z from 'zod';

/** Dotted paths at which a value violates a schema, without duplicates; empty if it is valid. */
export function issuePaths(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return [...new Set(issues.map((issue) => issue.path.join('.')))];
}
