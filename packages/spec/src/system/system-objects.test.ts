import { describe, expect, it } from 'vitest';
import { FieldSchema } from '../data/field.zod.js';
import { SYSTEM_FIELDS } from '../data/system-fields.js';
import { MachineNameSchema, SYSTEM_PREFIX } from '../shared/names.zod.js';
import { SYSTEM_OBJECTS, type SystemObject, TENANT_OWNER } from './system-objects.js';

const objects = Object.entries<SystemObject>(SYSTEM_OBJECTS);

describe('SYSTEM_OBJECTS', () => {
  it.each(objects)('%s has a name that no bundle can use', (key, { name }) => {
    expect(name).toBe(`${SYSTEM_PREFIX}${key}`);
    expect(MachineNameSchema.safeParse(name).success).toBe(false);
  });

  it.each(objects)('%s has valid fields, none of which is a system field', (_, { fields }) => {
    for (const [name, field] of Object.entries(fields)) {
      expect(MachineNameSchema.parse(name)).toBe(name);
      expect(FieldSchema.parse(field)).toEqual(field);
      expect(Object.keys(SYSTEM_FIELDS)).not.toContain(name);
    }
  });

  it('lists the tables of the platform', () => {
    expect(objects.map(([key]) => key)).toEqual([
      'tenant',
      'object',
      'component',
      'deployment',
      'undo',
      'seed',
      'request',
      'seed_record',
      'seed_kept',
      'sequence',
    ]);
  });
});

describe('TENANT_OWNER', () => {
  it('is the owner in plans and rows', () => {
    expect(TENANT_OWNER).toBe('tenant');
  });
});
