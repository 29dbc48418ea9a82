import type { Requirement } from './check.js';

/** Checks of all groups by their full id: subject, group, name. */
export function checksById<AnyCheck extends Requirement>(
  subject: string,
  groups: Readonly<Record<string, Readonly<Record<string, AnyCheck>>>>,
): ReadonlyMap<string, AnyCheck> {
  return new Map(
    Object.entries(groups).flatMap(([group, checks]) =>
      Object.entries(checks).map(([name, check]) => [`${subject}/${group}/${name}`, check] as const),
    ),
  );
}

/** The requirements of the checks, without their tests. */
export function requirementsOf<Capability extends string>(
  checks: ReadonlyMap<string, Requirement<Capability>>,
): Readonly<Record<string, Requirement<Capability>>> {
  return Object.fromEntries(
    [...checks].map(([id, { behavior, capabilities }]) => [
      id,
      { behavior, ...(capabilities && { capabilities }) },
    ]),
  );
}
