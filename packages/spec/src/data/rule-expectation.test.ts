import { describe, expect, it } from 'vitest';
import { type RecordRule, RecordRuleEnum } from '../shared/record-rule.zod.js';
import type { Field } from './field.zod.js';
import { ruleExpectation } from './rule-expectation.js';

const optionsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: 'Option', value: `o${index}` }));

describe('ruleExpectation', () => {
  it.each<[RecordRule, Field, string]>([
    ['type', { type: 'date' }, 'must be a date such as 2026-01-31, without a time'],
    ['type', { type: 'lookup', reference: 'account' }, 'must be text, the id of a record of account'],
    ['required', { type: 'text' }, 'must have a value'],
    ['max', { type: 'number', max: 5 }, 'must be at most 5'],
    ['option', { type: 'select', options: optionsOf(2) }, 'must be one of o0, o1'],
    ['option', { type: 'select', options: optionsOf(14) }, expect.stringMatching(/o11 and 2 others$/)],
    ['format', { type: 'email' }, 'must be an email address such as name@example.com'],
    ['format', { type: 'text' }, 'must be text without NUL characters and lone surrogates'],
  ])('of %s for %j is %s', (rule, field, expected) => {
    expect(ruleExpectation(rule, field)).toEqual(expected);
  });

  it('says something of every rule', () => {
    for (const rule of RecordRuleEnum.options)
      expect(ruleExpectation(rule, { type: 'text', minLength: 1, maxLength: 2, min: 1, max: 2 })).toMatch(
        /^(?:must (?:be|have) \S|is \S)/,
      );
  });
});
