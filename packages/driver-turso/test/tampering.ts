import type { MigrationPlan } from '@objectstack/spec/system';

/** Keys from the plan to a value. */
export type Path = (string | number)[];

/** Paths of all values that hold no others. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

/** A copy in which one leaf has another value of the same kind. */
export function tampered(plan: MigrationPlan, path: Path): MigrationPlan {
  const copy = structuredClone(plan);
  let holder = copy as unknown as Record<string, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  const key = path.at(-1) ?? '';
  const value = holder[key];
  if (typeof value === 'string') holder[key] = value === 'a' ? 'b' : `${value}a`;
  else if (typeof value === 'number') holder[key] = value + 1;
  else holder[key] = typeof value === 'boolean' ? !value : 'a';
  return copy;
}
