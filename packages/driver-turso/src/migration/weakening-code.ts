import { type Field, storageOf } from '@objectstack/spec/data';
import type { ChangeCode } from '@objectstack/spec/system';

export const WEAKENING_CODES: ReadonlySet<ChangeCode> = new Set(['WI401', 'WI402', 'WI403']);

const mayBecomeEmpty = (before: Field, after: Field) =>
  (before.required === true && !after.required) ||
  (before.storage?.notNull === true && !after.storage?.notNull);

/** The code of the gravest rule that a field no longer has, or null where the field is held to every rule as before. */
export function weakeningCode(before: Field, after: Field, losesForeignKey: boolean): ChangeCode | null {
  if (storageOf(before).column === null || storageOf(after).column === null) return null;
  if (losesForeignKey) return 'WI401';
  return mayBecomeEmpty(before, after) ? 'WI403' : null;
}
