import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';

export type Fields = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** An object definition with only the relevant properties. */
export function object(
  name: string,
  fields: Fields,
  rest: Readonly<Record<string, unknown>> = {},
): ObjectDefinition {
  return ObjectDefinitionSchema.parse({ name, fields, ...rest });
}

export const TEXT = { type: 'text' } as const;
export const NUMBER = { type: 'number' } as const;
/** A text field with a NOT NULL column. */
export const STORED = { type: 'text', storage: { notNull: true } } as const;

export const lookup = (reference: string, rest: Readonly<Record<string, unknown>> = {}) => ({
  type: 'lookup',
  reference,
  ...rest,
});
export const renamedFrom = (previous: string, field: Readonly<Record<string, unknown>> = TEXT) => ({
  ...field,
  renamedFrom: previous,
});

/** The same objects with objects and fields in another order. */
export function reordered(objects: readonly ObjectDefinition[]): ObjectDefinition[] {
  return objects
    .map((definition) => ({
      ...definition,
      fields: Object.fromEntries(Object.entries(definition.fields).reverse()),
    }))
    .reverse();
}
