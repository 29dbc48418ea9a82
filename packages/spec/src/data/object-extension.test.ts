import { describe, expect, it } from 'vitest';
import { ObjectExtensionSchema } from './object-extension.zod.js';

describe('ObjectExtensionSchema', () => {
  it('retains unknown keys and adds no defaults', () => {
    const extension = {
      extend: 'crm__account',
      fields: { nick: { type: 'text', custom: 1 } },
      priority: 100,
    };
    expect(ObjectExtensionSchema.parse(extension)).toEqual(extension);
  });
});
