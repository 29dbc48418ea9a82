import { describe, expect, it } from 'vitest';
import { defineObject } from './define-object.js';
import { ObjectDefinitionSchema } from './object.zod.js';

describe('defineObject', () => {
  it('returns its argument, which the schema accepts unchanged', () => {
    const definition = { name: 'account', fields: { name: { type: 'text', required: true } } } as const;
    const account = defineObject(definition);
    expect(account).toBe(definition);
    expect(ObjectDefinitionSchema.parse(account)).toEqual(definition);
  });
});
