import type { Catalog } from './catalog.js';

/** Exports of each subpath other than types, one line for each subpath. A test of the protocol pins them. */
export function exportNames({ entries, values }: Catalog): string {
  const names = new Map<string, string[]>();
  for (const { name, subpath } of [...entries, ...values])
    names.set(subpath, [...(names.get(subpath) ?? []), name]);
  return [...names.keys()]
    .sort()
    .map((subpath) => `${subpath}: ${names.get(subpath)?.sort().join(' ')}\n`)
    .join('');
}
