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
const STORED_ONLY =
  'Stored and returned unchanged, with all of its properties; this runtime does not interpret it.';

export function linkerFrom(page: string, { places }: ReferenceContext): Linker {
  return (name) => {
    const place = places.get(name);
    return place ? link(name, page, place) : name;
  };
}

/** The name of the schema in code and links to its JSON Schema. */
function namesLine({ name, io }: Entry, page: string, { typeNames }: ReferenceContext): string {
  const type = documentName(name);
  const types = [...typeNames].flatMap(([each, schema]) => (schema === type && each !== name ? each : []));
  const forms = [
    link(io === 'both' ? 'Input schema' : 'JSON Schema', page, `${JSON_SCHEMA}/${type}.json`),
    ...(io === 'both' ? [link('Output schema', page, `${JSON_SCHEMA}/${type}.output.json`)] : []),
  ];
  return `${code(name)}; ${types.length > 1 ? 'types' : 'type'} ${types.map(code).join(', ')}; ${forms.join(', ')}.`;
}

function methodLinks(methods: readonly ContractMethod[], page: string, { methodPlaces }: ReferenceContext) {
  const links = methods.map(({ contract, name }) => {
    const place = methodPlaces.get(`${contract}.${name}`);
    return place ? link(code(`${contract}.${name}`), page, place) : code(`${contract}.${name}`);
  });
  return links.join(', ');
}

/** The schemas that contain this one, the methods that accept or return it, and their error codes. */
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
      users.length > 0 ? `Used in ${users.map(linkerFrom(page, context)).join(', ')}` : '',
      takes.length > 0 ? `Accepted by ${methodLinks(takes, page, context)}` : '',
      returns.length > 0 ? `Returned by ${methodLinks(returns, page, context)}` : '',
      codes.length > 0 ? `Errors of these methods: ${codes.join(', ')}` : '',
    ].filter((line) => line !== ''),
  );
}

/** The section of one schema. */
export function schemaSection(entry: Entry, context: ReferenceContext): string {
  const type = documentName(entry.name);
  const page = pageOf(entry.file);
  const rules = crossFieldRules(entry);
  const { keys, storedOnly } = context.classes;
  const body = schemaBody(entry.inputDocument as SchemaNode, {
    linker: linkerFrom(page, context),
    describe: (name) => context.descriptions.get(name) ?? '',
    classes: keys.get(type),
    isStoredOnly: storedOnly.has(type),
    page,
  });
  return joined([
    `## ${type}`,
    entry.description,
    namesLine(entry, page, context),
    storedOnly.has(type) ? STORED_ONLY : '',
    type === 'ErrorCode' ? `${link('Error codes', page, ERRORS_PAGE)}.` : body,
    rules.length > 0 ? `Constraints that JSON Schema does not express:\n\n${list(rules)}` : '',
    fenced('json', JSON.stringify(context.examples.get(type), null, 2)),
    uses(type, page, context),
  ]);
}
