const LONGEST = 63;

/** The closest machine name for a name of SQL: `OrderItem` becomes `order_item`. */
function machineNameOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words.join('_');
  const prefixed = /^[a-z]/.test(joined) && !joined.startsWith('sqlite_') ? joined : `x_${joined}`;
  return prefixed.slice(0, LONGEST).replace(/_$/, '');
}

function unusedName(name: string, used: ReadonlySet<string>): string {
  let found = name;
  for (let number = 2; used.has(found); number += 1) {
    const suffix = `_${number}`;
    found = name.slice(0, LONGEST - suffix.length) + suffix;
  }
  return found;
}

/** Distinct machine names, by the names in the database. Names that are machine names already are unchanged. */
export function machineNames(names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map(names.filter((name) => machineNameOf(name) === name).map((name) => [name, name]));
  const used = new Set(found.keys());
  for (const name of names) {
    if (found.has(name)) continue;
    const unused = unusedName(machineNameOf(name), used);
    used.add(unused);
    found.set(name, unused);
  }
  return found;
}
