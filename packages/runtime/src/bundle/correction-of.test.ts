import { FieldSchema, IndexSchema, SelectOptionSchema } from '@objectstack/spec/data';
import { MachineNameSchema, SemanticVersionSchema } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { correctionOf } from './correction-of.js';

const { maxLength, required } = FieldSchema.shape;

describe('correctionOf', () => {
  it.each<[unknown, z.core.$ZodType, string | undefined]>([
    ['Due Date', MachineNameSchema, 'due_date'],
    ['dueDate', MachineNameSchema, 'due_date'],
    ['2nd place!', MachineNameSchema, 'nd_place'],
    ['___', MachineNameSchema, undefined],
    ['1.4', SemanticVersionSchema, '1.4.0'],
    [1, SemanticVersionSchema, '1.0.0'],
    ['v1.4.0', SemanticVersionSchema, '1.4.0'],
    ['', SelectOptionSchema.shape.value, undefined],
    ['', MachineNameSchema, undefined],
    ['v', SemanticVersionSchema, undefined],
    ['latest', SemanticVersionSchema, undefined],
    ['80', maxLength, '80'],
    ['eighty', maxLength, undefined],
    ['yes', required, 'true'],
    ['name', IndexSchema.shape.fields, '["name"]'],
    [{ secret: 1 }, IndexSchema.shape.fields, undefined],
    ['x'.repeat(101), IndexSchema.shape.fields, undefined],
  ])('of %j is %s', (value, schema, expected) => {
    expect(correctionOf(value, schema)).toBe(expected);
  });
});
