import { code } from './markdown.js';
import { mapValue, type SchemaNode } from './schema-node.js';

const LONGEST_PATTERN = 90;

/** A range in words; the bounds of every safe integer are omitted. */
function range(from: number | undefined, to: number | undefined, unit: string): string | undefined {
  const least = from === undefined || from === Number.MIN_SAFE_INTEGER ? undefined : from;
  const most = to === undefined || to === Number.MAX_SAFE_INTEGER ? undefined : to;
  if (least === undefined && most === undefined) return undefined;
  const words = unit && ` ${least === 1 && (most ?? 1) === 1 ? unit : `${unit}s`}`;
  if (least !== undefined && least === most) return `exactly ${least}${words}`;
  if (least === undefined) return `at most ${most}${words}`;
  return most === undefined ? `at least ${least}${words}` : `${least} to ${most}${words}`;
}

function patternText({ pattern, format }: SchemaNode): string | undefined {
  if (!pattern || format) return undefined;
  return pattern.length > LONGEST_PATTERN
    ? 'matches the pattern in its JSON Schema'
    : `matches ${code(pattern)}`;
}

/** The pattern that a string must not match; no other schema uses `not`. */
function excludedText({ not }: SchemaNode): string | undefined {
  return not?.pattern && `does not match ${code(not.pattern)}`;
}

function nested(label: string, node: SchemaNode | undefined): string | undefined {
  const text = node && constraintText(node);
  return text ? `${label} ${text}` : undefined;
}

/** The constraints of a value beyond its type, in words. */
export function constraintText(node: SchemaNode): string {
  const { exclusiveMinimum } = node;
  return [
    range(node.minLength, node.maxLength, 'character'),
    range(node.minimum, node.maximum, ''),
    exclusiveMinimum === undefined ? undefined : `more than ${exclusiveMinimum}`,
    patternText(node),
    excludedText(node),
    node.prefixItems ? undefined : range(node.minItems, node.maxItems, 'item'),
    nested('each', node.items),
    nested('keys:', node.propertyNames),
    nested('values:', mapValue(node)),
  ]
    .filter((text) => text !== undefined)
    .join('; ');
}
