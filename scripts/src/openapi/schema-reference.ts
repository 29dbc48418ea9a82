import type { JsonSchemaDocument } from '../json-schema/to-documents.js';

/** A schema of the document; only `$ref`s into its own components. */
export type ComponentSchema = JsonSchemaDocument;

/** What is written: the component of that name. */
export const input = (name: string): ComponentSchema => ({ $ref: `#/components/schemas/${name}` });

/** What is read, where the catalog has two forms of it. */
export const output = (name: string): ComponentSchema => input(`${name}Output`);

export const listOf = (items: ComponentSchema): ComponentSchema => ({ type: 'array', items });

export const text: ComponentSchema = { type: 'string', minLength: 1 };

export const count: ComponentSchema = { type: 'integer', minimum: 0 };

/** An object of these properties and no other; a name with a question mark may be absent. */
export function body(properties: Readonly<Record<string, ComponentSchema>>): ComponentSchema {
  const names = Object.keys(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), properties[name]])),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  };
}
