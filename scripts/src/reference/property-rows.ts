import { mapValue, type SchemaNode, variantsOf } from './schema-node.js';

export interface PropertyRow {
  /** Where it is, from the schema down: `a.b`, `a[].b` in a list, `a.*.b` in a map. */
  readonly path: string;
  readonly node: SchemaNode;
  readonly isRequired: boolean;
}

/** Rows of what stands inside a value, where that is no schema of its own. */
function rowsBelow(node: SchemaNode, path: string): PropertyRow[] {
  const value = mapValue(node);
  return [
    ...propertyRows(node, `${path}.`),
    ...(node.items ? rowsBelow(node.items, `${path}[]`) : []),
    ...(value ? rowsBelow(value, `${path}.*`) : []),
    ...variantsOf(node).flatMap((variant) => rowsBelow(variant, path)),
  ];
}

/** A row for each property, and below it those of what it holds. */
export function propertyRows(node: SchemaNode, prefix = ''): PropertyRow[] {
  const required = new Set(node.required);
  return Object.entries(node.properties ?? {}).flatMap(([key, property]) => {
    const path = `${prefix}${key}`;
    return [{ path, node: property, isRequired: required.has(key) }, ...rowsBelow(property, path)];
  });
}
