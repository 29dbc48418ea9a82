import { isSameJson } from './checksum-of.js';

type Content = Readonly<Record<string, unknown>>;

export interface Merge {
  /** The new version with the changes of the tenant. */
  readonly merged: Record<string, unknown>;
  /** Properties that both changed to different values. */
  readonly conflicts: readonly string[];
}

const propertyOf = (content: Content, key: string) =>
  Object.hasOwn(content, key) ? content[key] : undefined;

/**
 * Three-way merge of the properties of a component. Pure. A property that only one side changed has its value; where both
 * changed it, `decide` chooses.
 */
export function mergeProperties(
  { base, next, tenant }: { base: Content; next: Content; tenant: Content },
  decision: 'take_app' | 'keep_tenant',
): Merge {
  const merged: Record<string, unknown> = {};
  const conflicts: string[] = [];
  for (const key of new Set([...Object.keys(next), ...Object.keys(tenant), ...Object.keys(base)])) {
    const [before, app, mine] = [base, next, tenant].map((content) => propertyOf(content, key));
    const isMine = !isSameJson(before, mine);
    const isConflict = isMine && !isSameJson(before, app) && !isSameJson(app, mine);
    if (isConflict) conflicts.push(key);
    const value = isMine && !(isConflict && decision === 'take_app') ? mine : app;
    if (value !== undefined) merged[key] = value;
  }
  return { merged, conflicts };
}
