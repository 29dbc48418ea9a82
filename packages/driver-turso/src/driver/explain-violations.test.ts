import { describe, expect, it } from 'vitest';
import { object } from '../../test/database.js';
import { explainViolations, violationsText } from './explain-violations.js';
import { toObjectModel } from './object-model.js';

const model = toObjectModel(
  object('thing', { day: { type: 'date' }, name: { type: 'text', maxLength: 5, required: true } }),
);

describe('explainViolations', () => {
  it('adds what each rule expects, and the field that was probably intended', () => {
    const violations = [
      { field: 'day', rule: 'type' },
      { field: 'name', rule: 'max_length' },
      { field: 'nmae', rule: 'unknown_field' },
      { field: 'other', rule: 'unknown_field' },
    ] as const;
    expect(explainViolations(model, violations)).toEqual([
      { field: 'day', rule: 'type', expected: 'must be a date such as 2026-01-31, without a time' },
      { field: 'name', rule: 'max_length', expected: 'must have at most 5 characters' },
      {
        field: 'nmae',
        rule: 'unknown_field',
        expected: 'is not a field of the object',
        suggestion: 'name',
      },
      { field: 'other', rule: 'unknown_field', expected: 'is not a field of the object' },
    ]);
  });
});

describe('violationsText', () => {
  it('lists different violations once', () => {
    const violations = explainViolations(model, [
      { field: 'name', rule: 'required' },
      { field: 'nmae', rule: 'unknown_field' },
    ]);
    expect(violationsText([...violations, ...violations])).toBe(
      'name must have a value; nmae is not a field of the object, did you mean `name`?',
    );
  });

  it('names no more fields than a message can hold', () => {
    const violations = Array.from({ length: 25 }, (_, index) => ({
      field: `f${index}`,
      rule: 'unknown_field' as const,
    }));
    expect(violationsText(explainViolations(model, violations))).toMatch(/^f0 .*; f19 .*; and 5 more$/);
  });
});
