import type { SchemaNode } from '../map-nodes.js';
import { valueDescriptions } from './value-descriptions.js';

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** A stored-only key accepts every value or its known shape: only the known shape is what authors write. */
function withKnownShape(node: SchemaNode): SchemaNode {
  const { anyOf, ...others } = node;
  if (!Array.isArray(anyOf) || anyOf.length !== 2 || !isEmpty(anyOf[0])) return node;
  return { ...(anyOf[1] as SchemaNode), ...others };
}

/** An object with known keys has no others: an unknown key is kept, but probably a mistake. */
function withoutUnknownKeys(node: SchemaNode): SchemaNode {
  const isOpen = 'properties' in node && isEmpty(node.additionalProperties);
  return isOpen ? { ...node, additionalProperties: false } : node;
}

/** The values of an enum, each with its own description. */
export function withDescribedValues(node: SchemaNode, texts?: ReadonlyMap<unknown, string>): SchemaNode {
  const { enum: values } = node;
  if (!Array.isArray(values)) return node;
  const described = texts ?? valueDescriptions(String(node.description ?? ''), values);
  if (described.size === 0) return node;
  return { ...node, enumDescriptions: values.map((value: unknown) => described.get(value) ?? '') };
}

/** The only value of a key selects this object among alternatives: it is described as the object is. */
function withDescribedKind(node: SchemaNode): SchemaNode {
  const { properties, description } = node;
  if (typeof properties !== 'object' || properties === null || description === undefined) return node;
  const described = Object.entries(properties).map(([key, property]) => {
    const isKind = typeof property === 'object' && 'const' in property;
    return [key, isKind ? { ...property, description } : property];
  });
  return { ...node, properties: Object.fromEntries(described) };
}

/** The message of editors about a text that does not match a pattern, which they would show otherwise. */
function withPatternMessage(node: SchemaNode): SchemaNode {
  const { pattern, description } = node;
  if (pattern === undefined || typeof description !== 'string') return node;
  return { ...node, patternErrorMessage: `Expected: ${description}` };
}

/** A node of a published schema as a node of the schema for authors. */
export const toAuthoringNode = (node: SchemaNode): SchemaNode =>
  withPatternMessage(withDescribedKind(withDescribedValues(withoutUnknownKeys(withKnownShape(node)))));
