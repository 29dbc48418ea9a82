import { describe, expect, it } from 'vitest';
import { FieldSchema } from './field.zod.js';
import { SYSTEM_FIELD_TYPES, SYSTEM_FIELDS, type SystemFieldName } from './system-fields.js';

const names = Object.keys(SYSTEM_FIELDS) as SystemFieldName[];

describe('SYSTEM_FIELDS', () => {
  it('are id, created_at and updated_at', () => {
    expect(names).toEqual(['id', 'created_at', 'updated_at']);
  });

  it.each(names)('%s is a valid readonly field', (name) => {
    const field = SYSTEM_FIELDS[name];
    expect(FieldSchema.parse(field)).toEqual(field);
    expect(field.readonly).toBe(true);
  });
});

describe('SYSTEM_FIELD_TYPES', () => {
  it.each(names)('%s may be declared with the type that it has', (name) => {
    expect(SYSTEM_FIELD_TYPES[name]).toContain(SYSTEM_FIELDS[name].type);
  });
});
