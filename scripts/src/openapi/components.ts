import type { Catalog } from '../catalog/catalog.js';
import { mapNodes, type SchemaNode } from '../json-schema/map-nodes.js';
import { BASE_URL, documentName, type JsonSchemaDocument } from '../json-schema/to-documents.js';
import { RECORD_COMPONENTS } from './record-operations.js';
import type { ComponentSchema } from './schema-reference.js';

const REFERENCE = new RegExp(`"${BASE_URL.replaceAll('.', '\\.')}(\\w+)(\\.output)?\\.json"`, 'g');

/**
 * The same schema node with its default in the description. Generators such as openapi-typescript make a property with a
 * default required, in requests too.
 */
function describeDefault(node: SchemaNode): SchemaNode {
  if (!('default' in node)) return node;
  const { default: value, description, ...rest } = node;
  const sentence = `Defaults to \`${JSON.stringify(value)}\`.`;
  return { ...rest, description: description === undefined ? sentence : `${description} ${sentence}` };
}

/** A JSON Schema document as a component: without its own identifier, and with references inside the document. */
function toComponent({ $schema, $id, ...rest }: JsonSchemaDocument): ComponentSchema {
  const text = JSON.stringify(rest).replace(
    REFERENCE,
    (_, name: string, isOutput?: string) => `"#/components/schemas/${name}${isOutput ? 'Output' : ''}"`,
  );
  return JSON.parse(text) as ComponentSchema;
}

/** `<Name>` is the input schema, and `<Name>Output` the output schema if it differs. */
export function componentSchemas({ entries }: Catalog): Record<string, ComponentSchema> {
  const components: Record<string, ComponentSchema> = {};
  for (const { name, io, inputDocument, outputDocument } of entries) {
    const component = documentName(name);
    components[component] = mapNodes(toComponent(inputDocument), describeDefault) as ComponentSchema;
    if (io === 'both') components[`${component}Output`] = toComponent(outputDocument);
  }
  return { ...components, ...RECORD_COMPONENTS };
}
