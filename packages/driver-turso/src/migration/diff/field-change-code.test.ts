import type { Field } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { addedFieldCode, codeWithMissedRename, fieldChangeCode, riskOfCode } from './field-change-code.js';

const text: Field = { type: 'text' };
const strict: Field = { type: 'text', storage: { notNull: true } };

describe('addedFieldCode', () => {
  it.each([
    [text, 'SF002', 'safe'],
    [strict, 'DD201', 'may_fail'],
  ] as const)('of %j is %s, %s', (field, code, risk) => {
    expect(addedFieldCode(field)).toBe(code);
    expect(riskOfCode(code)).toBe(risk);
  });
});

describe('fieldChangeCode', () => {
  it.each([
    [{ type: 'number' }, text, 'retype_field', 'BC303', 'safe'],
    [{ type: 'formula' }, { type: 'number' }, 'add_column', 'SF002', 'safe'],
    [text, { type: 'number' }, 'retype_field', 'DS103', 'may_fail'],
    [text, { type: 'formula' }, 'remove_column', 'DS102', 'loses_data'],
    [{ type: 'tags' }, text, 'retype_field', 'DS103', 'may_fail'],
    [text, { type: 'text', multiple: true }, 'retype_field', 'BC303', 'safe'],
    [text, { type: 'json' }, 'retype_field', 'BC303', 'safe'],
    [text, { type: 'location' }, 'retype_field', 'BC303', 'safe'],
    [text, strict, 'change_not_null', 'DD201', 'may_fail'],
    [
      { type: 'lookup', reference: 'a' },
      { type: 'lookup', reference: 'b' },
      'change_reference',
      'DS104',
      'may_fail',
    ],
    [text, { type: 'text', label: 'Name' }, null, 'SF005', 'safe'],
  ] as const)('from %j to %j (%s) is %s, %s', (before, after, physical, code, risk) => {
    expect(fieldChangeCode(before, after, physical)).toBe(code);
    expect(riskOfCode(code)).toBe(risk);
  });
});

describe('codeWithMissedRename', () => {
  it.each(['DS102', 'DS103', 'DS104', 'DD201', 'DD203', 'DD206'] as const)('keeps %s', (code) => {
    expect(codeWithMissedRename(code, true)).toBe(code);
  });

  it.each(['SF002', 'SF005', 'BC302', 'BC303', 'WI403'] as const)('replaces %s', (code) => {
    expect(codeWithMissedRename(code, true)).toBe('RN401');
    expect(codeWithMissedRename(code, false)).toBe(code);
  });
});
