import { type InputIssue, isPlainObject, issuesOf, type Steps } from '@objectstack/spec/shared';
import { DeployDiffSchema, type MigrationPlan, MigrationPlanSchema } from '@objectstack/spec/system';
import * as z from 'zod';

type Content = Record<string, unknown>;
type Lists = Readonly<Record<string, { readonly element: z.ZodType }>>;

const { objects, fields, indexes, tables, removed, components, notices, drift } = DeployDiffSchema.shape;
const OF_DIFF: Lists = { objects, fields, indexes, tables, removed, components, notices, drift };
const { statements, preflight, drift: planned } = MigrationPlanSchema.shape;
const OF_PLAN: Lists = { statements, preflight, drift: planned };

/** The value with its long lists empty. */
function withoutItems(value: Content, lists: Lists): Content {
  const present = Object.keys(lists).filter((key) => Array.isArray(value[key]));
  return { ...value, ...Object.fromEntries(present.map((key) => [key, []])) };
}

/** A plan without the items of its lists, and so without what must agree with them. */
function frameOf(value: Content): Content {
  const diff = isPlainObject(value.diff) ? withoutItems(value.diff, OF_DIFF) : value.diff;
  return { ...withoutItems(value, OF_PLAN), diff, reversible: true };
}

/** Parses the items of lists, each in a step; adds what is wrong to the issues. */
function* parseItems(
  value: Content,
  { lists, at, issues }: { lists: Lists; at: readonly string[]; issues: z.core.$ZodIssue[] },
): Steps<Content> {
  const parsed: Content = {};
  for (const [key, { element }] of Object.entries(lists)) {
    const list = value[key];
    if (!Array.isArray(list)) continue;
    const items: unknown[] = [];
    for (const [index, item] of list.entries()) {
      const { data, error } = element.safeParse(item);
      items.push(data);
      for (const issue of error?.issues ?? [])
        issues.push({ ...issue, path: [...at, key, index, ...issue.path] });
      yield;
    }
    parsed[key] = items;
  }
  return parsed;
}

/**
 * The plan that a value is, or what is wrong with it, in steps. Whether its statements agree with its diff is left to
 * the caller that generates them again.
 */
export function* parsePlan(value: unknown): Steps<MigrationPlan | InputIssue[]> {
  const content = isPlainObject(value) ? value : {};
  const frame = MigrationPlanSchema.safeParse(isPlainObject(value) ? frameOf(value) : value);
  const issues: z.core.$ZodIssue[] = [...(frame.error?.issues ?? [])];
  const ofDiff = isPlainObject(content.diff)
    ? yield* parseItems(content.diff, { lists: OF_DIFF, at: ['diff'], issues })
    : {};
  const ofPlan = yield* parseItems(content, { lists: OF_PLAN, at: [], issues });
  if (issues.length > 0 || !frame.data)
    return issuesOf(new z.ZodError(issues), { schema: MigrationPlanSchema, value });
  const diff = { ...frame.data.diff, ...ofDiff };
  return { ...frame.data, ...ofPlan, diff, reversible: content.reversible } as MigrationPlan;
}
