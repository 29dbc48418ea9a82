import { hintOf } from '@objectstack/spec/shared';
import * as z from 'zod';
import type { CatalogEntry } from '../../catalog/catalog.js';
import { mapNodes, type SchemaNode } from '../map-nodes.js';
import { BASE_URL, documentName, type JsonSchemaDocument } from '../to-documents.js';
import { FIELD_CONDITIONS, when } from './field-conditions.js';
import { toAuthoringNode, withDescribedValues } from './to-authoring-node.js';
import { FIELD_TYPE_DESCRIPTIONS } from './value-descriptions.js';

/** What people write in files of their own, which can refer to their schema. */
const ROOTS = [
  'AppManifestSchema',
  'DeployBundleSchema',
  'FieldSchema',
  'FlowSchema',
  'ObjectDefinitionSchema',
  'PermissionSetSchema',
  'SeedDatasetSchema',
  'ViewSchema',
];

const SCHEMA_KEY = {
  type: 'string',
  description: 'Path or URL of this JSON Schema, for editors.',
};

const REFERENCE = new RegExp(`"\\$ref":"${BASE_URL}(\\w+)\\.json`, 'g');

/** Name of the document for authors of a schema. */
const fileOf = (name: string): string => `${documentName(name)}.authoring.json`;

/** Stored-only keys without which other software cannot use the metadata. */
function expectedKeys(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, value]) => {
    const hint = hintOf(value as z.core.$ZodType);
    return hint !== undefined && !z.safeParse(hint, undefined).success ? [key] : [];
  });
}

/** What the schema of one type adds to what is derived from the published one. */
const ADDITIONS: Readonly<Record<string, (node: SchemaNode) => SchemaNode>> = {
  FieldSchema: (node) => ({ ...node, allOf: [...FIELD_CONDITIONS] }),
  FieldTypeEnum: (node) => withDescribedValues(node, FIELD_TYPE_DESCRIPTIONS),
};

/**
 * Alternatives by the value of one key. Editors list the values of that key, and judge the others by the one alternative
 * that it selects; of `oneOf` they would report the errors of the first.
 */
function withChoice(node: SchemaNode, schema: z.ZodType): SchemaNode {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return node;
  const { oneOf, ...others } = node;
  const key: string = schema.def.discriminator;
  const choices = schema.def.options.map((option, index) => {
    const { shape, description } = option as z.ZodObject;
    const [value] = (shape[key] as z.ZodLiteral).values;
    return { value, description, alternative: (oneOf as SchemaNode[])[index] ?? {} };
  });
  const values = {
    enum: choices.map(({ value }) => value),
    enumDescriptions: choices.map(({ description }) => description),
  };
  const conditions = choices.map(({ value, alternative }) =>
    when({ properties: { [key]: { const: value } }, required: [key] }, alternative),
  );
  return {
    ...others,
    type: 'object',
    properties: { [key]: values },
    required: [key],
    allOf: conditions,
  };
}

function withExpectedKeys(node: SchemaNode, schema: z.ZodType): SchemaNode {
  const expected = expectedKeys(schema);
  const required = [...new Set([...((node.required as string[] | undefined) ?? []), ...expected])];
  return required.length === 0 ? node : { ...node, required };
}

function withSchemaKey(node: SchemaNode): SchemaNode {
  return { ...node, properties: { $schema: SCHEMA_KEY, ...(node.properties as SchemaNode) } };
}

function toAuthoring({ name, schema, inputDocument }: CatalogEntry): JsonSchemaDocument {
  const { $schema, $id: _id, ...content } = inputDocument;
  const mapped = mapNodes(content, toAuthoringNode) as SchemaNode;
  const complete = (ADDITIONS[name] ?? ((node) => node))(
    withExpectedKeys(withChoice(mapped, schema), schema),
  );
  const document = ROOTS.includes(name) ? withSchemaKey(complete) : complete;
  const text = JSON.stringify({ $schema, $id: `${BASE_URL}${fileOf(name)}`, ...document });
  return JSON.parse(text.replace(REFERENCE, `"$ref":"${BASE_URL}$1.authoring.json`)) as JsonSchemaDocument;
}

/** Files that a document refers to. */
const referencesOf = (document: JsonSchemaDocument): string[] =>
  [...JSON.stringify(document).matchAll(/"\$ref":"[^"]*\/(\w+\.authoring\.json)/g)].map(
    ([, file = '']) => file,
  );

/**
 * Schemas of what authors write, for their editors, by file name: those of the authored types and of everything that they
 * contain. Stricter than the published schemas: keys that are unknown, or stored in another shape than the known one,
 * are permitted in a bundle, but probably mistakes. The keywords `enumDescriptions` and
 * `patternErrorMessage` are for editors.
 */
export function authoringDocuments(entries: readonly CatalogEntry[]): Map<string, JsonSchemaDocument> {
  const byFile = new Map(entries.map((entry) => [fileOf(entry.name), entry]));
  const documents = new Map<string, JsonSchemaDocument>();
  const pending = ROOTS.map(fileOf);
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    const entry = byFile.get(file);
    if (!entry) throw new Error(`No schema is exported for ${file}.`);
    if (documents.has(file)) continue;
    const document = toAuthoring(entry);
    documents.set(file, document);
    pending.push(...referencesOf(document));
  }
  return new Map([...documents].sort(([left], [right]) => (left < right ? -1 : 1)));
}
