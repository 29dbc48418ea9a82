import { json } from './markdown.js';
import { referredName } from './places.js';
import { mapValue, type SchemaNode, variantsOf } from './schema-node.js';

/** Returns a link to the schema with this name. */
export type Linker = (name: string) => string;

/** Number of keys up to which an object without a schema of its own is shown with its keys. */
const MOST_KEYS = 6;

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'timestamp',
  email: 'email address',
  uuid: 'UUID',
};

/** In parentheses if it would be ambiguous otherwise. */
const grouped = (text: string) => (text.includes(' or ') ? `(${text})` : text);

const SINGULAR =
  /^(string|number|integer|boolean|object|timestamp|list|map|email address|UUID)(?=$| of | from | \{)/;

/** The plural of a type in words. */
const plural = (text: string) =>
  text.replace(SINGULAR, (word) => (word.endsWith('ss') ? `${word}es` : `${word}s`));

const either = (texts: readonly string[]) => [...new Set(texts)].join(' or ');

function objectText(node: SchemaNode, linker: Linker): string {
  const value = mapValue(node);
  const keys = Object.keys(node.properties ?? {});
  if (keys.length > 0) return keys.length > MOST_KEYS ? 'object' : `object {${keys.join(', ')}}`;
  if (node.propertyNames?.$ref)
    return `map from ${linker(referredName(node.propertyNames.$ref))} to ${value ? grouped(typeText(value, linker)) : 'anything'}`;
  return value ? `map of ${grouped(typeText(value, linker))}` : 'map of anything';
}

function arrayText({ items, prefixItems }: SchemaNode, linker: Linker): string {
  if (prefixItems)
    return `list of ${prefixItems.map((item) => grouped(typeText(item, linker))).join(', then ')}`;
  return `list of ${items ? plural(grouped(typeText(items, linker))) : 'anything'}`;
}

/** The type of a value, with links to the schemas in it. */
export function typeText(node: SchemaNode, linker: Linker): string {
  if (node.$ref) return linker(referredName(node.$ref));
  if ('const' in node) return json(node.const);
  if (node.enum) return either(node.enum.map(json));
  const variants = variantsOf(node);
  if (variants.length > 0) return either(variants.map((variant) => typeText(variant, linker)));
  if (Array.isArray(node.type)) return either(node.type);
  if (node.type === 'array') return arrayText(node, linker);
  if (node.type === 'object') return objectText(node, linker);
  if (node.format && FORMATS[node.format]) return FORMATS[node.format] as string;
  return typeof node.type === 'string' ? node.type : 'anything';
}
