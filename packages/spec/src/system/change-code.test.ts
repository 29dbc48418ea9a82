import { describe, expect, it } from 'vitest';
import { CHANGE_CODES, ChangeCodeEnum } from './change-code.zod.js';

const entries = Object.entries(CHANGE_CODES);

describe('CHANGE_CODES', () => {
  it.each(entries)('%s has a sentence as meaning', (code, meaning) => {
    expect(code).toMatch(/^(SF0|DS1|DD2|BC3|WI4|RN4)\d\d$/);
    expect(meaning).toMatch(/^[A-Z].*[^.]\.$/);
  });

  it('has unique meanings', () => {
    expect(new Set(Object.values(CHANGE_CODES)).size).toBe(entries.length);
  });
});

describe('ChangeCodeEnum', () => {
  it('lists every declared code and no other', () => {
    expect(ChangeCodeEnum.options).toEqual(Object.keys(CHANGE_CODES));
    expect(ChangeCodeEnum.safeParse('DS999').success).toBe(false);
  });
});
