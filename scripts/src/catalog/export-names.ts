import type { Catalog } from './catalog.js';

/** What each subpath exports besides types, a line for each subpath: what a test of the protocol pins. */
export function exportNames({ entries, values }: Catalog): string {
  const names = new Map<string, string[]>();
  for (const { name, subpath } of [...entries, ...values])
    names.set(subpath, [...(names.get(subpath) ?? []), name]);
  return [...names.keys()]
    .sort()
    .map((subpath) => `${subpath}: ${names.get(subpath)?.sort().join(' ')}\n`)
    .join('');
}
