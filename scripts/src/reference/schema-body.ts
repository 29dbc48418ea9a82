import { constraintText } from './constraint-text.js';
import { joined, json, list } from './markdown.js';
import { referredName } from './places.js';
import { propertyTable, type TableContext } from './property-table.js';
import { mapValue, type SchemaNode, variantsOf } from './schema-node.js';
import { typeText } from './type-text.js';

/** How unknown keys are treated. */
function unknownKeys(node: SchemaNode): string {
  const { additionalProperties, properties } = node;
  if (node.type !== 'object' || !properties || mapValue(node)) return '';
  if (additionalProperties === false) return 'Unknown keys are rejected.';
  return additionalProperties === undefined ? 'Unknown keys are dropped.' : 'Unknown keys are retained.';
}

function otherKeys(node: SchemaNode, context: TableContext): string {
  const value = mapValue(node);
  if (!value) return '';
  const type = typeText(value, context.linker);
  return `${node.properties ? 'Any other key' : 'Each key'} has the type ${type}.${value.description ? ` ${value.description}` : ''}`;
}

/** The properties that distinguish a variant of a union: those that have a fixed value in every variant. */
function variantTitle(variant: SchemaNode, variants: readonly SchemaNode[], context: TableContext): string {
  const isFixed = (node?: SchemaNode) => node !== undefined && ('const' in node || node.enum !== undefined);
  const fixed = Object.entries(variant.properties ?? {}).filter(
    ([key]) =>
      variants.every(({ properties }) => isFixed(properties?.[key])) &&
      new Set(variants.map(({ properties }) => JSON.stringify(properties?.[key]))).size > 1,
  );
  const conditions = fixed.map(([key, node]) => `\`${key}\` is ${typeText(node, context.linker)}`);
  return conditions.length > 0 ? `**If ${conditions.join(' and ')}:**` : '**Or:**';
}

function unionBody(node: SchemaNode, context: TableContext): string {
  const variants = variantsOf(node);
  if (variants.every(({ properties }) => properties === undefined))
    return list(
      variants.map(
        (variant) =>
          `${typeText(variant, context.linker)}${variant.description ? `: ${variant.description}` : ''}`,
      ),
    );
  return joined(
    variants.flatMap((variant) =>
      variant.$ref
        ? [`**Or** ${context.linker(referredName(variant.$ref))}`]
        : variant.properties
          ? [variantTitle(variant, variants, context), propertyTable(variant, context)]
          : [`**Or** ${typeText(variant, context.linker)}.`],
    ),
  );
}

/** The properties, variants or values of a schema. */
export function schemaBody(node: SchemaNode, context: TableContext): string {
  if (node.enum) return `One of ${node.enum.map(json).join(', ')}.`;
  if (variantsOf(node).length > 0) return unionBody(node, context);
  if (node.type !== 'object') {
    const constraints = constraintText(node);
    return `Type: ${typeText(node, context.linker)}${constraints && ` (${constraints})`}.`;
  }
  return joined([propertyTable(node, context), otherKeys(node, context), unknownKeys(node)]);
}
