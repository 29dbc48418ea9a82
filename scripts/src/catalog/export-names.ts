import type { Catalog } from './catalog.js';
import type { SourceFile } from './source-index.js';

/** Names, other than types, that a module exports from another folder. */
function reexports({ path, text }: SourceFile): { name: string; subpath: string }[] {
  const lists = [...text.matchAll(/^export \{([^}]*)\} from '\.\.\//gm)].map(([, list = '']) => list);
  return lists
    .flatMap((list) => list.split(',').map((item) => item.trim()))
    .filter((item) => item !== '' && !item.startsWith('type '))
    .map((name) => ({ name, subpath: path.split('/')[0] ?? '' }));
}

/** Exports of each subpath other than types, one line for each subpath. A test of the protocol pins them. */
export function exportNames({ entries, values, sources }: Catalog): string {
  const names = new Map<string, string[]>();
  for (const { name, subpath } of [...entries, ...values, ...sources.flatMap(reexports)])
    names.set(subpath, [...(names.get(subpath) ?? []), name]);
  return [...names.keys()]
    .sort()
    .map((subpath) => `${subpath}: ${names.get(subpath)?.sort().join(' ')}\n`)
    .join('');
}
