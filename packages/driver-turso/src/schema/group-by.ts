/** Groups of rows by the text of a key, in the order in which the keys occur. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => unknown): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = String(keyOf(row) ?? '');
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
