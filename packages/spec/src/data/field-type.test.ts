import { describe, expect, it } from 'vitest';
import { FIELD_STORAGE } from './field-storage.js';
import { FieldTypeEnum } from './field-type.zod.js';

describe('FieldTypeEnum', () => {
  it('has the 44 types that authors write, each with a storage', () => {
    expect(new Set(FieldTypeEnum.options).size).toBe(44);
    expect([...FieldTypeEnum.options].sort()).toEqual(Object.keys(FIELD_STORAGE).sort());
  });

  it('refuses another spelling', () => {
    expect(FieldTypeEnum.safeParse('masterDetail').success).toBe(false);
  });
});
