import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { UniqueValidationSchema, ValidationRuleSchema } from './validation-rule.zod.js';

const base = { name: 'a_rule', message: 'Broken.' };
const CARRIED = [
  'script',
  'state_machine',
  'format',
  'cross_field',
  'json_schema',
  'async',
  'custom',
  'conditional',
];

describe('ValidationRuleSchema', () => {
  it.each(CARRIED)('carries a %s rule with everything that it says', (type) => {
    const rule = { ...base, type, condition: 'a > b', events: ['insert'], priority: 1, madeUp: { x: 1 } };
    expect(ValidationRuleSchema.parse(rule)).toEqual(rule);
  });

  it('accepts a unique rule', () => {
    const rule = { ...base, type: 'unique', fields: ['a', 'b'], caseSensitive: false, active: true };
    expect(ValidationRuleSchema.parse(rule)).toEqual(rule);
  });

  it.each([
    ['type', { type: 'magic' }],
    ['type', { type: undefined }],
    ['name', { name: 'A rule' }],
    ['message', { message: undefined }],
    ['events.0', { events: ['read'] }],
    ['priority', { priority: 10_000 }],
    ['priority', { priority: -1 }],
    ['severity', { severity: 'fatal' }],
    ['transitions.open', { transitions: { open: 'closed' } }],
  ])('refuses a wrong %s: %j', (path, change) => {
    expect(issuePaths(ValidationRuleSchema, { ...base, type: 'script', ...change })).toEqual([path]);
  });
});

describe('UniqueValidationSchema', () => {
  it.each([undefined, []])('refuses %j as its fields', (fields) => {
    expect(issuePaths(UniqueValidationSchema, { ...base, type: 'unique', fields })).toEqual(['fields']);
  });
});
