import { describe, expect, it } from 'vitest';
import { unknownShapes } from '../../test/unknown-shapes.js';
import { FieldSchema } from './field.zod.js';
import { StoredFieldKeysSchema } from './stored-field-keys.zod.js';

describe('StoredFieldKeysSchema', () => {
  it('has keys of a field', () => {
    expect(Object.keys(FieldSchema.shape)).toEqual(
      expect.arrayContaining(Object.keys(StoredFieldKeysSchema.shape)),
    );
  });

  it.each([
    { requiredWhen: { dialect: 'cel', source: 'a' }, readonlyWhen: 'b', dependsOn: ['c'] },
    { referenceFilters: { a: '{b}' }, relatedList: { columns: ['a'] }, trackHistory: true },
  ])('knows the shape of %j', (keys) => {
    expect(StoredFieldKeysSchema.parse(keys)).toEqual(keys);
    expect(unknownShapes(StoredFieldKeysSchema, keys)).toEqual([]);
  });
});
