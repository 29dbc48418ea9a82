/** The changes of fields by the name that their object has after them. */
export function changesByObject<T extends { readonly object: string }>(
  fields: readonly T[],
): Map<string, T[]> {
  const changes = new Map<string, T[]>();
  for (const change of fields) {
    const others = changes.get(change.object);
    if (others) others.push(change);
    else changes.set(change.object, [change]);
  }
  return changes;
}
