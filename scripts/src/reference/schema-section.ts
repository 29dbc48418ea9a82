import type { Catalog } from '../catalog/catalog.js';
import type { ContractMethod } from '../catalog/contract-index.js';
import { crossFieldRules } from '../catalog/cross-field-rules.js';
import { errorCodesOf } from '../catalog/error-codes-of.js';
import { documentName } from '../json-schema/to-documents.js';
import { contractUses } from './contract-uses.js';
import { code, fenced, joined, list } from './markdown.js';
import { ERRORS_PAGE, errorPlace, link, pageOf } from './places.js';
import type { ReferenceContext } from './reference-context.js';
import { schemaBody } from './schema-body.js';
import type { SchemaNode } from './schema-node.js';
import type { Linker } from './type-text.js';

type Entry = Catalog['entries'][number];

const JSON_SCHEMA = 'packages/spec/json-schema';
const CARRIED = 'Carried, not enforced: it is stored and returned whole, with everything in it.';

export function linkerFrom(page: string, { places }: ReferenceContext): Linker {
  return (name) => {
    const place = places.get(name);
    return place ? link(name, page, place) : name;
  };
}

/** What the schema is called in code, and where its JSON Schema lies. */
function namesLine({ name, io }: Entry, page: string, { typeNames }: ReferenceContext): string {
  const type = documentName(name);
  const types = [...typeNames].flatMap(([each, schema]) => (schema === type && each !== name ? each : []));
  const forms = [link('JSON Schema', page, `${JSON_SCHEMA}/${type}.json`)];
  if (io === 'both') forms.push(link('as it is read', page, `${JSON_SCHEMA}/${type}.output.json`));
  return `${code(name)}; ${types.length > 1 ? 'types' : 'type'} ${types.map(code).join(', ')}; ${forms.join(', ')}.`;
}

function methodLinks(methods: readonly ContractMethod[], page: string, { methodPlaces }: ReferenceContext) {
  const links = methods.map(({ contract, name }) => {
    const place = methodPlaces.get(`${contract}.${name}`);
    return place ? link(code(`${contract}.${name}`), page, place) : code(`${contract}.${name}`);
  });
  return links.join(', ');
}

/** What the schema is part of, which methods take or return it, and how those fail. */
function uses(type: string, page: string, context: ReferenceContext): string {
  const names = [...context.typeNames].flatMap(([name, schema]) => (schema === type ? name : []));
  const { takes, returns } = contractUses(names, context.catalog.contractIndex);
  const users = context.users.get(type) ?? [];
  const rejections = [...takes, ...returns].flatMap((method) =>
    errorCodesOf(method, context.catalog.contractIndex),
  );
  const codes = [...new Set(rejections)].sort().map((each) => link(code(each), page, errorPlace(each)));
  return list(
    [
      users.length > 0 ? `Part of ${users.map(linkerFrom(page, context)).join(', ')}` : '',
      takes.length > 0 ? `Taken by ${methodLinks(takes, page, context)}` : '',
      returns.length > 0 ? `Returned by ${methodLinks(returns, page, context)}` : '',
      codes.length > 0 ? `Errors of these methods: ${codes.join(', ')}` : '',
    ].filter((line) => line !== ''),
  );
}

/** Everything about one schema. */
export function schemaSection(entry: Entry, context: ReferenceContext): string {
  const type = documentName(entry.name);
  const page = pageOf(entry.file);
  const rules = crossFieldRules(entry);
  const { keys, carried } = context.classes;
  const body = schemaBody(entry.inputDocument as SchemaNode, {
    linker: linkerFrom(page, context),
    describe: (name) => context.descriptions.get(name) ?? '',
    classes: keys.get(type),
    page,
  });
  return joined([
    `## ${type}`,
    entry.description,
    namesLine(entry, page, context),
    carried.has(type) ? CARRIED : '',
    type === 'ErrorCode' ? `${link('What each code means', page, ERRORS_PAGE)}.` : body,
    rules.length > 0 ? `Rules across properties, which JSON Schema does not say:\n\n${list(rules)}` : '',
    fenced('json', JSON.stringify(context.examples.get(type), null, 2)),
    uses(type, page, context),
  ]);
}
