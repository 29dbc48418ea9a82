import { describe, expect, it } from 'vitest';
import { FieldTypeEnum } from './field-type.zod.js';
import { FIELD_TYPES } from './field-types.js';

describe('FieldTypeEnum', () => {
  it('has the types of the table, each of them in its description', () => {
    expect(FieldTypeEnum.options).toEqual(Object.keys(FIELD_TYPES));
    for (const type of FieldTypeEnum.options)
      expect(FieldTypeEnum.description).toMatch(new RegExp(`\\b${type}\\b`));
  });

  it('rejects a different spelling', () => {
    expect(FieldTypeEnum.safeParse('masterDetail').success).toBe(false);
  });

  it('explains why it rejects secret, and uses the default message for unknown types', () => {
    const [secret, other] = ['secret', 'string'].map(
      (type) => FieldTypeEnum.safeParse(type).error?.issues[0],
    );
    expect(secret?.message).toMatch(/^A field cannot store a secret/);
    expect(other?.message).toMatch(/^Invalid option/);
  });
});
