import type { SchemaNode } from './map-nodes.js';

/** The types that a validation keyword applies to. */
const TYPES_OF_KEYWORD: Readonly<Record<string, readonly string[]>> = {
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  format: ['string'],
  minimum: ['number', 'integer'],
  maximum: ['number', 'integer'],
  exclusiveMinimum: ['number', 'integer'],
  exclusiveMaximum: ['number', 'integer'],
  multipleOf: ['number', 'integer'],
  items: ['array'],
  prefixItems: ['array'],
  minItems: ['array'],
  maxItems: ['array'],
  uniqueItems: ['array'],
  properties: ['object'],
  required: ['object'],
  additionalProperties: ['object'],
  propertyNames: ['object'],
  minProperties: ['object'],
  maxProperties: ['object'],
};

type Keyword = [name: string, value: unknown];

function branch(type: string, keywords: readonly Keyword[]): SchemaNode {
  return { type, ...Object.fromEntries(keywords.filter(([name]) => TYPES_OF_KEYWORD[name]?.includes(type))) };
}

/**
 * The same schema node with one type: a list of types becomes `anyOf`. Ajv's strict mode rejects lists of types unless it
 * is configured otherwise, and several generators support only one type.
 */
export function splitTypes(node: SchemaNode): SchemaNode {
  const { type, ...rest } = node;
  if (!Array.isArray(type)) return node;
  if ('enum' in rest || 'const' in rest) return rest;
  if ('anyOf' in rest) throw new Error('A schema has both several types and "anyOf".');
  const isOfType = ([name]: Keyword) => name in TYPES_OF_KEYWORD;
  const keywords = Object.entries(rest);
  return {
    ...Object.fromEntries(keywords.filter((keyword) => !isOfType(keyword))),
    anyOf: type.map((each: string) => branch(each, keywords.filter(isOfType))),
  };
}
