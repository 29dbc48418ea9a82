import type { Catalog } from '../catalog/catalog.js';
import { documentName } from '../json-schema/to-documents.js';
import { code, fenced, joined, list } from './markdown.js';
import { INDEX_PAGE, link, pageOf } from './places.js';
import type { ReferenceContext } from './reference-context.js';
import { linkerFrom, schemaSection } from './schema-section.js';

const LONGEST_VALUE = 80;

/** Schemas of a file, outer ones first: the reverse of their order of declaration. */
export function entriesOf(file: string, { entries, sources }: Catalog): Catalog['entries'] {
  const text = sources.find(({ path }) => path === file)?.text ?? '';
  const at = (name: string) => text.indexOf(`export const ${name} `);
  return entries.filter((entry) => entry.file === file).sort((left, right) => at(right.name) - at(left.name));
}

function commentOf(name: string, text: string): string {
  const [, comment = ''] = new RegExp(`/\\*\\* ([^/]*?) \\*/\\nexport const ${name} `).exec(text) ?? [];
  return comment.replace(/\s*\n \* /g, ' ');
}

/** Constants of a file that are short enough to show. */
function constants(file: string, { values, sources }: Catalog): string[] {
  const text = sources.find(({ path }) => path === file)?.text ?? '';
  return values
    .filter((constant) => constant.file === file && typeof constant.value === 'object')
    .flatMap(({ name, value }) => {
      const shown = JSON.stringify(value, null, 2);
      if (shown.split('\n').length > LONGEST_VALUE) return [];
      return [joined([`## ${name}`, commentOf(name, text), fenced('json', shown)])];
    });
}

/** The page of one module: a table of contents, then its schemas and constants. */
export function modulePage(file: string, context: ReferenceContext): string {
  const page = pageOf(file);
  const entries = entriesOf(file, context.catalog);
  const [subpath = ''] = file.split('/');
  const linker = linkerFrom(page, context);
  const contents = entries.map(({ name, description }) => `${linker(documentName(name))}: ${description}`);
  return `${joined([
    `# ${file.replace('.zod.ts', '')}`,
    `From ${code(`@objectstack/spec/${subpath}`)}; source: ${link(code(file), page, `packages/spec/src/${file}`)}. Generated from it by \`npx pnpm generate\`; do not edit. ${link('All modules', page, INDEX_PAGE)}`,
    list(contents),
    ...entries.map((entry) => schemaSection(entry, context)),
    ...constants(file, context.catalog),
  ])}\n`;
}
