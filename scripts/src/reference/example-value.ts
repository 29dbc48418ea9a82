import { mapValue, type SchemaNode, variantsOf } from './schema-node.js';

/** Values that read like the real thing, by the end of the key that holds them; the first that fits is taken. */
const BY_KEY: readonly (readonly [RegExp, string])[] = [
  [/^(\$schema)$/, 'https://objectstack.dev/schemas/v1/DeployBundle.json'],
  [/label|title|displayName|pluralLabel/i, 'Account'],
  [/tenantId$/i, 'tenant_01'],
  [/(org|organization)Id$/i, 'org_1'],
  [/userId$/i, 'user_1'],
  [/deploymentId$|^rollbackOf$/i, 'deployment_1'],
  [/description|message|explanation|detail$/i, 'What a person reads.'],
  [/(^|N)ame$|^name$/, 'account'],
  [/field$/i, 'name'],
  [/object$/i, 'account'],
  [/sql$/i, 'SELECT 1'],
  [/url$/i, 'libsql://acme.aws-us-east-1.turso.io'],
  [/id$/i, 'a1'],
];

/** One for each pattern and format of the protocol. */
const SAMPLES = [
  'account',
  '1',
  '1.0.0',
  '^1.0.0',
  'crm',
  '2026-01-31T09:30:00.000Z',
  'ada@example.com',
  '01890a5d-ac96-774b-bcce-b302099a8057',
  'libsql://acme.aws-us-east-1.turso.io',
  'a'.repeat(64),
  'QUFBQUFBQUFBQUFB',
  'QUFBQUFBQUFBQUFBQUFBQQ==',
  '_os_undo_0123456789abcdef',
  'acme',
] as const;

function fits(text: string, { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: SchemaNode) {
  return text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern).test(text));
}

function textFor(node: SchemaNode, key: string): string {
  const named = BY_KEY.filter(([pattern]) => pattern.test(key)).map(([, text]) => text);
  const wanted = node.pattern ? [] : named;
  const found = [...wanted, ...SAMPLES, ...named].find((text) => fits(text, node));
  if (found === undefined) throw new Error(`No sample fits ${key}: ${node.pattern}`);
  return found;
}

export interface ExampleOptions {
  readonly resolve: (reference: string) => SchemaNode;
  /** The example of a schema that has one already. */
  readonly known: (reference: string) => unknown;
  /** How many properties the outermost object shows beyond those that it needs. */
  readonly extras: number;
  /** How deep a list still shows an item that it does not need. */
  readonly depth: number;
}

const below = (options: ExampleOptions): ExampleOptions => ({
  ...options,
  extras: 0,
  depth: options.depth - 1,
});

function objectFor(node: SchemaNode, options: ExampleOptions): Record<string, unknown> {
  const required = new Set(node.required);
  const entries = Object.entries(node.properties ?? {});
  const optional = entries.filter(([key, { deprecated }]) => !required.has(key) && !deprecated);
  const extras = new Set(optional.slice(0, options.extras).map(([key]) => key));
  const shown = entries
    .filter(([key]) => required.has(key) || extras.has(key))
    .map(([key, property]): [string, unknown] => [key, exampleValue(property, below(options), key)]);
  const value = mapValue(node);
  if (!value || shown.length > 0) return Object.fromEntries(shown);
  return { [textFor(node.propertyNames ?? {}, 'name')]: exampleValue(value, below(options), 'name') };
}

function listFor({ prefixItems, items, minItems = 0 }: SchemaNode, options: ExampleOptions, key: string) {
  if (prefixItems) return prefixItems.map((item) => exampleValue(item, below(options), key));
  return items && (minItems > 0 || options.depth > 0) ? [exampleValue(items, below(options), key)] : [];
}

/** A value that a schema accepts, the same each time; rules across properties are not looked at. */
export function exampleValue(node: SchemaNode, options: ExampleOptions, key = ''): unknown {
  if (node.$ref) return options.known(node.$ref) ?? exampleValue(options.resolve(node.$ref), options, key);
  if (node.default !== undefined && !Array.isArray(node.default)) return node.default;
  if ('const' in node) return node.const;
  if (node.enum) return node.enum[0];
  const [variant] = variantsOf(node);
  if (variant) return exampleValue(variant, options, key);
  const type = Array.isArray(node.type) ? node.type[0] : node.type;
  if (type === 'object') return objectFor(node, options);
  if (type === 'array') return listFor(node, options, key);
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Math.max(node.minimum ?? 1, 1);
  return textFor(node, key);
}
