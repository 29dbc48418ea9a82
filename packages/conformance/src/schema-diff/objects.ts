import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';

export type Fields = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** An object of which only what matters is said. */
export function object(
  name: string,
  fields: Fields,
  rest: Readonly<Record<string, unknown>> = {},
): ObjectDefinition {
  return ObjectDefinitionSchema.parse({ name, fields, ...rest });
}

export const TEXT = { type: 'text' } as const;
export const NUMBER = { type: 'number' } as const;
/** Text that the table refuses to leave empty. */
export const STORED = { type: 'text', storage: { notNull: true } } as const;

export const lookup = (reference: string, rest: Readonly<Record<string, unknown>> = {}) => ({
  type: 'lookup',
  reference,
  ...rest,
});
export const renamedFrom = (former: string, field: Readonly<Record<string, unknown>> = TEXT) => ({
  ...field,
  renamedFrom: former,
});

/** Desired in another order, of fields too. */
export function reordered(objects: readonly ObjectDefinition[]): ObjectDefinition[] {
  return objects
    .map((definition) => ({
      ...definition,
      fields: Object.fromEntries(Object.entries(definition.fields).reverse()),
    }))
    .reverse();
}
