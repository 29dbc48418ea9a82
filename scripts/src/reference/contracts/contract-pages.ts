import { ErrorCodeEnum } from '@objectstack/spec';
import GithubSlugger from 'github-slugger';
import type { Catalog } from '../../catalog/catalog.js';
import { errorCodesOf } from '../../catalog/error-codes-of.js';
import { documentName } from '../../json-schema/to-documents.js';
import { code, joined } from '../markdown.js';
import { ERRORS_PAGE, errorPlace, INDEX_PAGE, link, pageOf, schemaPlaces } from '../places.js';
import { typeNames } from '../type-names.js';
import { SCHEMA_LINK, typedocPages } from './typedoc-pages.js';

const ERROR_TABLE = 'ERROR_CODES';
const ERROR_CLASS = 'shared/object-stack-error.ts';
const PROSE = /^(?![#|>-])/;

export interface ContractPages {
  /** Pages by path in this repository. */
  readonly pages: ReadonlyMap<string, string>;
  /** Page and anchor of each method, by `Contract.method`. */
  readonly methodPlaces: ReadonlyMap<string, string>;
}

const contractFiles = ({ sources }: Catalog) =>
  sources.map(({ path }) => path).filter((path) => /^contracts\/(?!index\.ts)/.test(path));

/** Links error codes where a sentence names them. */
function linkCodes(line: string, page: string): string {
  if (!PROSE.test(line)) return line;
  const isCode = (name: string) => ErrorCodeEnum.safeParse(name).success;
  return line.replace(/(?<!\[)`(\w+)`/g, (whole, name) =>
    isCode(name) ? link(whole, page, errorPlace(name)) : whole,
  );
}

/** Link targets of type names: the pages of their schemas. */
function linkSchemas(text: string, page: string, catalog: Catalog): string {
  const [names, places] = [typeNames(catalog), schemaPlaces(catalog)];
  return text.replace(new RegExp(`\\[([^\\]]+)\\]\\(${SCHEMA_LINK}(\\w+)\\)`, 'g'), (_, label, name) => {
    const place = name === ERROR_TABLE ? ERRORS_PAGE : places.get(names.get(name) ?? '');
    return place ? link(label, page, place) : label;
  });
}

/** Adds to each method the codes that its JSDoc and that of its contract amount to. */
function withRejections(text: string, page: string, { contractIndex }: Catalog): string {
  const sections = text.split(/^(?=##{1,3} )/m);
  let contract = '';
  const marked = sections.map((section) => {
    const [, level, title = ''] = /^(#+) (.+)$/m.exec(section) ?? [];
    if (level === '##') contract = title;
    const methods = contractIndex.find(({ name }) => name === contract)?.methods ?? [];
    const method = methods.find(({ name }) => level === '####' && title === `${name}()`);
    const codes = method ? errorCodesOf(method, contractIndex) : [];
    if (codes.length === 0) return section;
    const links = codes.map((each) => link(code(each), page, errorPlace(each)));
    const [said = '', ...rest] = section.split(/^(?=##### )/m);
    return [`${said.trimEnd()}\n\nErrors: ${links.join(', ')}.\n\n`, ...rest].join('');
  });
  return marked.join('');
}

function pageText(file: string, markdown: string, catalog: Catalog): string {
  const page = pageOf(file);
  const body = linkSchemas(withRejections(markdown, page, catalog), page, catalog)
    .replaceAll('__namedParameters', 'options')
    .replace(/^(#+) Type Declaration$/gm, '$1 Properties')
    .split('\n')
    .map((line) => linkCodes(line.trimEnd(), page))
    .join('\n');
  const [subpath] = file.split('/');
  return `${joined([
    `# ${file.replace('.ts', '')}`,
    `From ${code(`@objectstack/spec/${subpath}`)}; source: ${link(code(file), page, `packages/spec/src/${file}`)}. Generated from it by \`npx pnpm generate\`; do not edit. ${link('All modules', page, INDEX_PAGE)}`,
    body.trim(),
  ])}\n`;
}

/** Anchors of the methods on a page: a heading of the second level is a contract, one of the fourth a member. */
function placesOn(page: string, text: string): [string, string][] {
  const slugger = new GithubSlugger();
  let contract = '';
  return [...text.matchAll(/^(#+) (.+)$/gm)].flatMap(([, level = '', title = '']): [string, string][] => {
    const anchor = slugger.slug(title);
    if (level === '##') contract = title;
    return level === '####' && title.endsWith('()')
      ? [[`${contract}.${title.slice(0, -2)}`, `${page}#${anchor}`]]
      : [];
  });
}

/** Descriptions of the schemas by the names of their types. */
function schemaDescriptions(catalog: Catalog): Map<string, string> {
  const described = new Map(
    catalog.entries.map(({ name, description }) => [documentName(name), description]),
  );
  const names = [...typeNames(catalog)].map(([type, schema]): [string, string] => [
    type,
    described.get(schema) ?? '',
  ]);
  return new Map([...names, [ERROR_TABLE, '']]);
}

/** The pages of the contracts and of the error class. */
export async function contractPages(catalog: Catalog): Promise<ContractPages> {
  const files = [...contractFiles(catalog), ERROR_CLASS];
  const written = await typedocPages(files, schemaDescriptions(catalog));
  const pages = new Map(
    [...written].map(([file, markdown]) => [pageOf(file), pageText(file, markdown, catalog)]),
  );
  return { pages, methodPlaces: new Map([...pages].flatMap(([page, text]) => placesOn(page, text))) };
}
