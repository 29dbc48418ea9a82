import { describe, expect, it } from 'vitest';
import { FieldSchema } from './field.zod.js';
import {
  SYSTEM_FIELD_TYPES,
  SYSTEM_FIELDS,
  type SystemFieldName,
  separateSystemFields,
} from './system-fields.js';

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

describe('separateSystemFields', () => {
  const name = { type: 'text' } as const;
  const created = { type: 'datetime', label: 'Opened', group: 'audit' } as const;

  it('returns a definition without system fields as it is', () => {
    const definition = { name: 'ticket', fields: { name } };
    expect(separateSystemFields(definition)).toBe(definition);
  });

  it('moves declarations, and drops those of the type only', () => {
    const id = { type: 'text' } as const;
    expect(separateSystemFields({ name: 'ticket', fields: { id, name } })).toEqual({
      name: 'ticket',
      fields: { name },
    });
    expect(separateSystemFields({ name: 'ticket', fields: { id, name, created_at: created } })).toEqual({
      name: 'ticket',
      fields: { name },
      systemFieldDeclarations: { created_at: created },
    });
  });

  it.each([
    [{ id: { label: 'Key' } }, { id: { label: 'Key' }, created_at: created }],
    [{ created_at: { label: 'Old' } }, { created_at: created }],
    ['any text', { created_at: created }],
    [[1], { created_at: created }],
  ])('adds declarations to %j', (systemFieldDeclarations, expected) => {
    const definition = { name: 'ticket', fields: { created_at: created }, systemFieldDeclarations };
    expect(separateSystemFields(definition).systemFieldDeclarations).toEqual(expected);
  });
});
