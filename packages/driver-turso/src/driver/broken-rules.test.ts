import { describe, expect, it } from 'vitest';
import { object } from '../../test/database.js';
import { brokenRules } from './broken-rules.js';
import { toObjectModel } from './object-model.js';

describe('brokenRules', () => {
  const model = toObjectModel(object('thing', { day: { type: 'date' }, name: { type: 'text' } }));

  it('says what a value of the wrong type must be', () => {
    const violations = [
      { field: 'day', rule: 'type' },
      { field: 'name', rule: 'max_length' },
      { field: 'other', rule: 'unknown_field' },
    ] as const;
    expect(brokenRules(model, [...violations, ...violations])).toBe(
      'day must be a day such as 2026-01-31, without a time; name; other',
    );
  });

  it('names no more fields than a message can hold', () => {
    const violations = Array.from({ length: 25 }, (_, index) => ({
      field: `f${index}`,
      rule: 'unknown_field' as const,
    }));
    expect(brokenRules(model, violations)).toMatch(/^f0; .*; f19; and 5 more$/);
  });
});
