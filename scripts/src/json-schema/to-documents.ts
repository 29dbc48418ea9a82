import * as z from 'zod';
import { rulesAt } from '../catalog/cross-field-rules.js';
import { mapNodesByName } from './map-nodes.js';
import { splitTypes } from './split-types.js';

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

export type JsonSchemaDocument = Readonly<Record<string, unknown>>;

/** Base of every `$id`. The URLs do not have to exist. */
export const BASE_URL = 'https://objectstack.dev/schemas/v1/';

export interface Documents {
  readonly name: string;
  readonly schema: z.ZodType;
  /** Schema of accepted values. */
  readonly input: JsonSchemaDocument;
  /** Schema of parsed values, if it differs. */
  readonly output?: JsonSchemaDocument;
}

/** The name of a document: the schema's name without its suffix. */
export const documentName = (name: string) => name.replace(/(Schema|Enum)$/, '');

const withoutMarks = (document: JsonSchemaDocument) =>
  JSON.stringify(document).replaceAll('.output.json', '.json');

/** Adds the rules that no keyword expresses to the description. */
function stateRules({ zodSchema, jsonSchema }: Parameters<Override>[0]): void {
  const { description = '' } = jsonSchema;
  const unsaid = rulesAt(zodSchema).filter((rule) => !description.includes(rule));
  if (unsaid.length > 0) jsonSchema.description = [description, ...unsaid].join(' ').trim();
}

function convert(
  schemas: ReadonlyMap<string, z.ZodType>,
  io: 'input' | 'output',
): Record<string, JsonSchemaDocument> {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of schemas) registry.add(schema, { id: name });
  const suffix = io === 'output' ? '.output.json' : '.json';
  const uri = (id: string) => `${BASE_URL}${documentName(id)}${suffix}`;
  const { schemas: converted } = z.toJSONSchema(registry, { io, uri, override: stateRules });
  return mapNodesByName(converted, splitTypes) as Record<string, JsonSchemaDocument>;
}

/** References the input document of a schema without an output document. */
function redirect(document: JsonSchemaDocument, same: ReadonlySet<string>): JsonSchemaDocument {
  const text = JSON.stringify(document).replace(
    /"(https:[^"]*\/)(\w+)\.output\.json/g,
    (whole, base, name) => (same.has(name) ? `"${base}${name}.json` : whole),
  );
  return JSON.parse(text) as JsonSchemaDocument;
}

/** Names of documents whose input and output forms are the same, including everything that they reference. */
function sameForms(
  inputs: Readonly<Record<string, JsonSchemaDocument>>,
  outputs: Readonly<Record<string, JsonSchemaDocument>>,
): Set<string> {
  const same = new Set<string>();
  const isEqual = (name: string) => withoutMarks(inputs[name] ?? {}) === withoutMarks(outputs[name] ?? {});
  for (const name of Object.keys(inputs)) if (isEqual(name)) same.add(documentName(name));
  for (let size = -1; size !== same.size; ) {
    size = same.size;
    for (const name of Object.keys(inputs)) {
      const refers = [...JSON.stringify(outputs[name]).matchAll(/\/(\w+)\.output\.json/g)].map(
        ([, to = '']) => to,
      );
      if (refers.some((to) => to !== documentName(name) && !same.has(to))) same.delete(documentName(name));
    }
  }
  return same;
}

/** JSON Schema 2020-12 of every schema, with references between them. */
export function toDocuments(schemas: ReadonlyMap<string, z.ZodType>): Documents[] {
  const [inputs, outputs] = [convert(schemas, 'input'), convert(schemas, 'output')];
  const same = sameForms(inputs, outputs);
  return [...schemas].map(([name, schema]) => {
    const input = inputs[name] ?? {};
    if (same.has(documentName(name))) return { name, schema, input };
    return { name, schema, input, output: redirect(outputs[name] ?? {}, same) };
  });
}
