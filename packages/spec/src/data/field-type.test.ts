import { describe, expect, it } from 'vitest';
import { FIELD_STORAGE } from './field-storage.js';
import { FieldTypeEnum } from './field-type.zod.js';

describe('FieldTypeEnum', () => {
  it('has the 44 types of the protocol and four newer ones, each with a storage', () => {
    expect(new Set(FieldTypeEnum.options).size).toBe(48);
    expect([...FieldTypeEnum.options].sort()).toEqual(Object.keys(FIELD_STORAGE).sort());
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
