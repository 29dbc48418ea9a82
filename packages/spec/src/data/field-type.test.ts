import { describe, expect, it } from 'vitest';
import { FIELD_STORAGE } from './field-storage.js';
import { FieldTypeEnum } from './field-type.zod.js';

describe('FieldTypeEnum', () => {
  it('has the 44 types that authors write and four newer ones, each with a storage', () => {
    expect(new Set(FieldTypeEnum.options).size).toBe(48);
    expect([...FieldTypeEnum.options].sort()).toEqual(Object.keys(FIELD_STORAGE).sort());
  });

  it('refuses another spelling', () => {
    expect(FieldTypeEnum.safeParse('masterDetail').success).toBe(false);
  });

  it('says why it refuses a secret, and nothing special of what it does not know', () => {
    const [secret, other] = ['secret', 'string'].map(
      (type) => FieldTypeEnum.safeParse(type).error?.issues[0],
    );
    expect(secret?.message).toMatch(/^A field cannot hold a secret/);
    expect(other?.message).toMatch(/^Invalid option/);
  });
});
