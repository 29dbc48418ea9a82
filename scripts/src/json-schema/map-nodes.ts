/** A schema or a part of one. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/** Keywords whose value is data and not a schema. */
const DATA = new Set(['const', 'default', 'enum', 'examples']);

/** Keywords whose value has a schema for each name. */
const BY_NAME = new Set(['$defs', 'dependentSchemas', 'patternProperties', 'properties']);

/** The schemas of a record, each with its nodes changed. */
export function mapNodesByName(
  schemas: SchemaNode,
  change: (node: SchemaNode) => SchemaNode,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, mapNodes(schema, change)]),
  );
}

/** Applies `change` to every schema of a JSON Schema document, the inner ones first. */
export function mapNodes(value: unknown, change: (node: SchemaNode) => SchemaNode): unknown {
  if (Array.isArray(value)) return value.map((item) => mapNodes(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const keywords = Object.entries(value).map(([name, inner]) => {
    if (DATA.has(name)) return [name, inner];
    return [name, BY_NAME.has(name) ? mapNodesByName(inner, change) : mapNodes(inner, change)];
  });
  return change(Object.fromEntries(keywords));
}
