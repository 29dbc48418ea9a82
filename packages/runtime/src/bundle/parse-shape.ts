import { isPlainObject, type Steps } from '@objectstack/spec/shared';
import { type DeployBundle, DeployBundleSchema } from '@objectstack/spec/system';
import type * as z from 'zod';

/** Lists of a bundle that may be long. */
const LISTS = ['objects', 'views', 'flows', 'permissions', 'seedData'] as const;

export interface ParsedShape {
  /** Absent if the value does not have the shape of a bundle. */
  readonly bundle?: DeployBundle;
  /** Violations of the shape, with paths from the root of the bundle. */
  readonly issues: readonly z.core.$ZodIssue[];
}

/** Parses a value with `DeployBundleSchema`, in steps: one for each item of its lists. */
export function* parseShape(value: unknown): Steps<ParsedShape> {
  if (!isPlainObject(value)) return resultOf(DeployBundleSchema.safeParse(value));
  const emptied = { ...value };
  for (const list of LISTS) if (Array.isArray(value[list])) emptied[list] = [];
  const frame = DeployBundleSchema.safeParse(emptied);
  const issues: z.core.$ZodIssue[] = [...(frame.error?.issues ?? [])];
  const parsed: Record<string, unknown> = { ...frame.data };
  for (const list of LISTS) {
    const items = value[list];
    if (Array.isArray(items)) parsed[list] = yield* parseItems(list, items, issues);
  }
  return issues.length > 0 ? { issues } : { bundle: parsed as DeployBundle, issues };
}

function* parseItems(
  list: (typeof LISTS)[number],
  items: readonly unknown[],
  issues: z.core.$ZodIssue[],
): Steps<unknown[]> {
  const schema = DeployBundleSchema.shape[list].unwrap().element;
  const parsed: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const { data, error } = schema.safeParse(item);
    parsed.push(data);
    for (const issue of error?.issues ?? []) issues.push({ ...issue, path: [list, index, ...issue.path] });
    yield;
  }
  return parsed;
}

function resultOf({ data, error }: z.ZodSafeParseResult<DeployBundle>): ParsedShape {
  return error ? { issues: error.issues } : { bundle: data, issues: [] };
}
