/** Subset of JSON Schema that the generator reads. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly not?: SchemaNode;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly propertyNames?: SchemaNode;
  readonly items?: SchemaNode;
  readonly prefixItems?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

const isAnything = (node: SchemaNode) => Object.keys(node).length === 0;

/** The variants of a value. Of a stored-only value, which can have any shape, the known ones. */
export const variantsOf = ({ anyOf, oneOf }: SchemaNode): readonly SchemaNode[] =>
  (anyOf ?? oneOf ?? []).filter((variant) => !isAnything(variant));

/** Schema of additional properties; absent if the keys are fixed and no other key has a type. */
export function mapValue({ additionalProperties }: SchemaNode): SchemaNode | undefined {
  if (typeof additionalProperties !== 'object') return undefined;
  return Object.keys(additionalProperties).length > 0 ? additionalProperties : undefined;
}

/** Every document that a node references, at any depth. */
export function referencesIn(node: unknown): string[] {
  return [...JSON.stringify(node).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);
}
