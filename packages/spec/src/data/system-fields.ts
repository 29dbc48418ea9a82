import type { Field } from './field.zod.js';

/** Fields that every object has; their values are kept by the driver. */
export const SYSTEM_FIELDS = {
  id: {
    type: 'text',
    required: true,
    readonly: true,
    maxLength: 255,
    description: 'UUIDv7 unless the caller chose one.',
  },
  created_at: { type: 'datetime', readonly: true, description: 'When the record was created.' },
  updated_at: { type: 'datetime', readonly: true, description: 'When the record was last written.' },
} as const satisfies Record<string, Field>;

export type SystemFieldName = keyof typeof SYSTEM_FIELDS;

/** Field types that an author may give a system field without changing what it is. */
export const SYSTEM_FIELD_TYPES: Record<SystemFieldName, readonly Field['type'][]> = {
  id: ['text', 'autonumber'],
  created_at: ['datetime'],
  updated_at: ['datetime'],
};
