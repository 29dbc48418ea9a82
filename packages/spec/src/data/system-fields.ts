import type { Field } from './field.zod.js';
import type { ObjectDefinition } from './object.zod.js';

/** System fields, which every object has and whose values the driver maintains, by name. */
export const SYSTEM_FIELDS = {
  id: {
    type: 'text',
    required: true,
    readonly: true,
    maxLength: 255,
    description: 'Unique identifier of the record: a UUIDv7, unless the caller supplied another id.',
  },
  created_at: { type: 'datetime', readonly: true, description: 'Timestamp at which the record was created.' },
  updated_at: {
    type: 'datetime',
    readonly: true,
    description: 'Timestamp at which the record was last written.',
  },
} as const satisfies Record<string, Field>;

/** The id of an object with `idType: 'integer'`. It is not required of new records, because the database assigns it. */
const INTEGER_ID = {
  type: 'text',
  readonly: true,
  description:
    'Unique identifier of the record: a decimal integer that the database assigned, unless the caller supplied it.',
} as const satisfies Field;

/** Returns the system field id of an object, by its `idType`. */
export const idFieldOf = ({ idType }: Pick<ObjectDefinition, 'idType'>): Field =>
  idType === 'integer' ? INTEGER_ID : SYSTEM_FIELDS.id;

export type SystemFieldName = keyof typeof SYSTEM_FIELDS;

/** Field types that an author may declare for a system field without changing it. */
export const SYSTEM_FIELD_TYPES: Record<SystemFieldName, readonly Field['type'][]> = {
  id: ['text', 'autonumber'],
  created_at: ['datetime'],
  updated_at: ['datetime'],
};

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Returns the definition without the system fields, which every object has. Properties other than the type that an
 * author declares for them, such as a label, move to `systemFieldDeclarations`, so that they are stored and do not
 * appear as columns.
 */
export function separateSystemFields(definition: ObjectDefinition): ObjectDefinition {
  const { fields, systemFieldDeclarations: earlier } = definition;
  const entries = Object.entries(fields);
  const declared = entries.filter(([name]) => Object.hasOwn(SYSTEM_FIELDS, name));
  if (declared.length === 0) return definition;
  const own = entries.filter(([name]) => !Object.hasOwn(SYSTEM_FIELDS, name));
  const described = declared.filter(([, field]) => Object.keys(field).some((key) => key !== 'type'));
  return {
    ...definition,
    fields: Object.fromEntries(own),
    ...(described.length > 0 && {
      systemFieldDeclarations: { ...(isMap(earlier) && earlier), ...Object.fromEntries(described) },
    }),
  };
}
