import * as fc from 'fast-check';
import type { JsonSchemaDocument } from '../json-schema/to-documents.js';
import { textsMatching } from './texts-matching.js';

type Values = fc.Arbitrary<unknown>;
type Resolve = (id: string) => JsonSchemaDocument;

interface Node {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Node;
  readonly propertyNames?: Node;
  readonly items?: Node | false;
  readonly prefixItems?: readonly Node[];
  readonly minItems?: number;
  readonly pattern?: string;
  readonly not?: { readonly pattern: string };
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** Number of references that are followed before only required properties are generated. */
const MAX_DEPTH = 4;
const MANY = 4;

const anything = () => fc.jsonValue({ maxDepth: 2, noUnicodeString: false } as fc.JsonSharedConstraints);

function texts({ pattern, not, minLength = 0, maxLength }: Node): fc.Arbitrary<string> {
  if (pattern === undefined)
    return fc.string({ minLength, maxLength: Math.min(maxLength ?? 20, minLength + 20), unit: 'grapheme' });
  const excluded = not && new RegExp(not.pattern, 'u');
  return textsMatching(pattern).filter(
    (text) => !excluded?.test(text) && text.length <= (maxLength ?? text.length),
  );
}

function numbers({ type, minimum, maximum, exclusiveMinimum }: Node): fc.Arbitrary<number> {
  const min = minimum ?? exclusiveMinimum ?? Number.MIN_SAFE_INTEGER;
  const max = maximum ?? Number.MAX_SAFE_INTEGER;
  const [least, most] = [BigInt(Math.ceil(min)), BigInt(Math.floor(max))];
  const from = least < -3n && most > 0n ? -3n : least;
  const small = fc.bigInt({ min: from, max: most < from + 100n ? most : from + 100n });
  const integers = fc.oneof(small, fc.bigInt({ min: least, max: most })).map(Number);
  if (type === 'integer') return integers;
  const within = fc.double({ min, max, noNaN: true, minExcluded: exclusiveMinimum !== undefined });
  return fc.oneof(within, integers).filter((value) => value !== exclusiveMinimum);
}

/** Generates values that a document accepts, following references to other documents. */
export function valuesOfDocument(document: JsonSchemaDocument, resolve: Resolve): Values {
  const made = new Map<string, Values>();

  function referred(id: string, depth: number): Values {
    const key = `${depth} ${id}`;
    const known = made.get(key);
    if (known) return known;
    const values = valuesOf(resolve(id) as Node, depth + 1);
    made.set(key, values);
    return values;
  }

  function valuesOf(node: Node, depth: number): Values {
    if (node.$ref !== undefined) return referred(node.$ref, depth);
    if (node.const !== undefined) return fc.constant(node.const);
    if (node.enum) return fc.constantFrom(...node.enum);
    const options = node.anyOf ?? node.oneOf;
    if (options) return fc.oneof(...options.map((option) => valuesOf(option, depth)));
    if (Array.isArray(node.type))
      return fc.oneof(...node.type.map((type) => valuesOf({ ...node, type }, depth)));
    return valuesOfType(node, depth);
  }

  function valuesOfType(node: Node, depth: number): Values {
    switch (node.type) {
      case 'string':
        return texts(node);
      case 'integer':
      case 'number':
        return numbers(node);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return lists(node, depth);
      case 'object':
        return objects(node, depth);
      default:
        return anything();
    }
  }

  function lists({ items, prefixItems, minItems = 0 }: Node, depth: number): Values {
    if (prefixItems) return fc.tuple(...prefixItems.map((item) => valuesOf(item, depth)));
    if (depth > MAX_DEPTH && minItems === 0) return fc.constant([]);
    const maxLength = minItems + (depth > 1 ? 1 : 3);
    return fc.array(valuesOf(items || {}, depth), { minLength: minItems, maxLength });
  }

  function objects(node: Node, depth: number): Values {
    const { properties = {}, required = [] } = node;
    const optional = Object.keys(properties).filter((key) => !required.includes(key));
    const most = Math.max(0, depth > MAX_DEPTH ? 0 : MANY * 2 - depth);
    return fc
      .tuple(fc.subarray(optional, { maxLength: Math.min(optional.length, most) }), fc.boolean())
      .chain(([chosen, withMore]) => {
        const keys = [...required, ...chosen];
        const own = fc.record(
          Object.fromEntries(keys.map((key) => [key, valuesOf(properties[key] ?? {}, depth)])),
        );
        return withMore
          ? fc.tuple(more(node, depth), own).map(([extra, known]) => ({ ...extra, ...known }))
          : own;
      });
  }

  /** Keys that the document does not define. */
  function more(node: Node, depth: number): fc.Arbitrary<Record<string, unknown>> {
    const { additionalProperties = true, propertyNames, properties = {} } = node;
    if (additionalProperties === false || depth > MAX_DEPTH) return fc.constant({});
    const names = (
      propertyNames ? valuesOf(propertyNames, depth) : fc.string({ maxLength: 8 })
    ) as fc.Arbitrary<string>;
    const unnamed = names.filter((name) => name !== '__proto__' && !Object.hasOwn(properties, name));
    return fc.dictionary(
      unnamed,
      valuesOf(additionalProperties === true ? {} : additionalProperties, depth),
      {
        maxKeys: 2,
      },
    );
  }

  return valuesOf(document as Node, 0);
}
