import type { Catalog } from '../catalog/catalog.js';
import { documentName } from '../json-schema/to-documents.js';

/** Identifiers of a schema (its own name, its types and aliases) with the name of its document. */
export function typeNames({ entries, sources }: Catalog): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name, file } of entries) {
    const type = documentName(name);
    const text = sources.find(({ path }) => path === file)?.text ?? '';
    const declared = new RegExp(`^export (?:type|interface) (${type}(?:Input)?)\\b`, 'gm');
    const alias = new RegExp(`^export type (\\w+) = ${type};`, 'gm');
    names.set(name, type);
    for (const [, found = ''] of [...text.matchAll(declared), ...text.matchAll(alias)])
      names.set(found, type);
  }
  return names;
}
