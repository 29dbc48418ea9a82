import { ObjectStackError } from '@objectstack/spec/shared';
import type * as z from 'zod';

export function parseRow<T>(schema: z.ZodType<T>, table: string, candidate: unknown): T {
  const parsed = schema.safeParse(candidate);
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'database_invalid',
    message: `A row of the control database (table ${table}) is malformed. Restore the control database from a backup.`,
    details: { table, paths: parsed.error.issues.map((issue) => issue.path.join('.')) },
  });
}

export function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Text that is not JSON is returned unchanged, and rejected by the schema. */
export function fromJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
