import * as z from 'zod';

/**
 * JSON value of any shape, next to the known shape of a key. Spelled out, because a union with `unknown` is `unknown`:
 * an editor would no longer offer the known values.
 */
export type AnyShape =
  | (string & {})
  | number
  | boolean
  | null
  | readonly unknown[]
  | { readonly [key: string]: unknown };

type Known = z.core.$ZodType;

/** Schema of a stored-only key: may be absent, accepts every value, and knows the shape that authors usually write. */
export type StoredOnly<Hint extends Known> = z.ZodOptional<
  z.ZodType<z.output<Hint> | AnyShape, z.input<Hint> | AnyShape>
>;

/**
 * Makes a key stored only: every value is accepted and kept as it is. The hint is the known shape; it determines the
 * completion in TypeScript and in editors, and another shape is a warning of the bundle validator. So is the absence of
 * the key, if the hint does not accept `undefined`.
 */
export function storedOnly<Hint extends Known>(hint: Hint): StoredOnly<Hint> {
  // The first variant accepts every value and returns it unchanged: the hint takes no part in parsing.
  return z.union([z.unknown(), hint]).optional() as unknown as StoredOnly<Hint>;
}

/** The known shape of a stored-only key; undefined for every other schema. */
export function hintOf(schema: Known): Known | undefined {
  const inner = schema instanceof z.ZodOptional ? schema.def.innerType : schema;
  if (!(inner instanceof z.ZodUnion)) return undefined;
  const [first, hint] = inner.def.options;
  return first instanceof z.ZodUnknown ? hint : undefined;
}
