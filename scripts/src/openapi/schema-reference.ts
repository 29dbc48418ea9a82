import type { JsonSchemaDocument } from '../json-schema/to-documents.js';

/** A schema of the document; its `$ref`s refer only to components of the document. */
export type ComponentSchema = JsonSchemaDocument;

/** The input schema: the component of that name. */
export const input = (name: string): ComponentSchema => ({ $ref: `#/components/schemas/${name}` });

/** The output schema, if the catalog has two forms. */
export const output = (name: string): ComponentSchema => input(`${name}Output`);

export const listOf = (items: ComponentSchema): ComponentSchema => ({ type: 'array', items });

export const text: ComponentSchema = { type: 'string', minLength: 1 };

export const count: ComponentSchema = { type: 'integer', minimum: 0 };

/** Query parameters of a page. */
export const PAGE_QUERY: Readonly<Record<string, ComponentSchema>> = {
  'limit?': { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  'cursor?': text,
};

/** An object with exactly these properties; a name with a question mark is optional. */
export function body(properties: Readonly<Record<string, ComponentSchema>>): ComponentSchema {
  const names = Object.keys(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), properties[name]])),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  };
}
