import * as z from 'zod';
import { hintOf } from '../src/shared/stored-only.js';
import { isSchema } from './walk-schema.js';

const keysOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Dotted paths at which a stored-only value differs from the shape that the schema knows. */
export function unknownShapes(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly string[] = [],
): string[] {
  const hint = hintOf(schema);
  if (hint) {
    const issues = z.safeParse(hint, value).error?.issues ?? [];
    const found = issues.map((issue) => [...path, ...issue.path].join('.'));
    return [...new Set(found), ...unknownShapes(hint, value, path)];
  }
  const { innerType, shape, element, valueType, options } = schema._zod.def as unknown as Record<
    string,
    never
  >;
  if (isSchema(innerType)) return unknownShapes(innerType, value, path);
  if (shape)
    return Object.entries(shape).flatMap(([key, part]) =>
      unknownShapes(part as z.ZodType, keysOf(value)[key], [...path, key]),
    );
  const item = element ?? valueType;
  if (isSchema(item))
    return Object.entries(keysOf(value)).flatMap(([key, part]) => unknownShapes(item, part, [...path, key]));
  const variant = ((options ?? []) as z.ZodType[]).find((option) => option.safeParse(value).success);
  return variant ? unknownShapes(variant, value, path) : [];
}
