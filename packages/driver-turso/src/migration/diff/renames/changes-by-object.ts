import type { FieldChange } from '@objectstack/spec/system';

/** The changes of fields by the name that their object has after them. */
export function changesByObject(fields: readonly FieldChange[]): Map<string, FieldChange[]> {
  const changes = new Map<string, FieldChange[]>();
  for (const change of fields) {
    const others = changes.get(change.object);
    if (others) others.push(change);
    else changes.set(change.object, [change]);
  }
  return changes;
}
