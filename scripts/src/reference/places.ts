import { posix } from 'node:path';
import { slug } from 'github-slugger';
import type { Catalog } from '../catalog/catalog.js';
import { BASE_URL, documentName } from '../json-schema/to-documents.js';

const REFERENCE = 'docs/reference';
export const INDEX_PAGE = `${REFERENCE}/README.md`;
export const ERRORS_PAGE = `${REFERENCE}/errors.md`;
export const MISTAKES_PAGE = `${REFERENCE}/mistakes.md`;
export const DRIVERS_PAGE = `${REFERENCE}/drivers.md`;

/** The page of a source file; a path with an anchor is a position on it. */
export const pageOf = (file: string) => `${REFERENCE}/${file.replace(/(\.zod)?\.ts$/, '.md')}`;

/** A link from one page to a file of this repository. */
export function link(label: string, from: string, to: string): string {
  const [path = '', anchor] = to.split('#');
  const relative = path === from ? '' : posix.relative(posix.dirname(from), path);
  return `[${label}](${relative}${anchor === undefined ? '' : `#${anchor}`})`;
}

/** Page and anchor of each schema, by the name of its document. */
export function schemaPlaces({ entries }: Catalog): Map<string, string> {
  return new Map(
    entries.map(({ name, file }) => {
      const heading = documentName(name);
      return [heading, `${pageOf(file)}#${slug(heading)}`];
    }),
  );
}

/** The name of the document that a `$ref` refers to. */
export const referredName = (reference: string) =>
  reference.slice(BASE_URL.length).replace(/(\.output)?\.json$/, '');

export const mistakesPlace = (title: string) => `${MISTAKES_PAGE}#${slug(title)}`;
export const errorPlace = (errorCode: string) => `${ERRORS_PAGE}#${slug(errorCode)}`;
