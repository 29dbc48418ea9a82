import * as z from 'zod';

/*
 * The compiler and editors look into each member of a union for the type of a key, an item or a value. A member with an
 * index signature or with unknown items would be found first, and nothing of the known shape would be offered; `object`
 * has no keys of its own.
 */
type ShapeWithoutText = number | boolean | null | object;

/** JSON value of any shape, next to the known shape of a key. */
export type AnyShape = string | ShapeWithoutText;

/** JSON value of any shape, next to known texts: `string` would absorb them, and an editor would no longer offer them. */
export type AnyShapeBesideTexts = (string & {}) | ShapeWithoutText;

/** The type that makes a known shape accept every value. */
export type ShapeBeside<Shape> = [Extract<Shape, string>] extends [never]
  ? AnyShape
  : string extends Shape
    ? AnyShape
    : AnyShapeBesideTexts;

type Known = z.core.$ZodType;

/** Schema of a stored-only key: may be absent, accepts every value, and knows the shape that authors usually write. */
export type StoredOnly<Hint extends Known> = z.ZodOptional<
  z.ZodType<z.output<Hint> | ShapeBeside<z.output<Hint>>, z.input<Hint> | ShapeBeside<z.input<Hint>>>
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
