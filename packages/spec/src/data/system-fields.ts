import type { Field } from './field.zod.js';

/** Fields of every object; the driver maintains their values. */
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

export type SystemFieldName = keyof typeof SYSTEM_FIELDS;

/** Field types that an author may declare for a system field without changing it. */
export const SYSTEM_FIELD_TYPES: Record<SystemFieldName, readonly Field['type'][]> = {
  id: ['text', 'autonumber'],
  created_at: ['datetime'],
  updated_at: ['datetime'],
};
