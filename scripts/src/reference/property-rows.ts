import { mapValue, type SchemaNode, variantsOf } from './schema-node.js';

export interface PropertyRow {
  /** Path relative to the schema: `a.b`, `a[].b` in a list, `a.*.b` in a map. */
  readonly path: string;
  readonly node: SchemaNode;
  readonly isRequired: boolean;
}

/** Rows of the content of a value that has no schema of its own. */
function rowsBelow(node: SchemaNode, path: string): PropertyRow[] {
  const value = mapValue(node);
  return [
    ...propertyRows(node, `${path}.`),
    ...(node.items ? rowsBelow(node.items, `${path}[]`) : []),
    ...(value ? rowsBelow(value, `${path}.*`) : []),
    ...variantsOf(node).flatMap((variant) => rowsBelow(variant, path)),
  ];
}

/** A row for each property, followed by the rows of its content. */
export function propertyRows(node: SchemaNode, prefix = ''): PropertyRow[] {
  const required = new Set(node.required);
  return Object.entries(node.properties ?? {}).flatMap(([key, property]) => {
    const path = `${prefix}${key}`;
    return [{ path, node: property, isRequired: required.has(key) }, ...rowsBelow(property, path)];
  });
}
