import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { unknownShapes } from '../../test/unknown-shapes.js';
import {
  AsyncValidationSchema,
  ConditionalValidationSchema,
  CrossFieldValidationSchema,
  CustomValidationSchema,
  FormatValidationSchema,
  JSONValidationSchema,
  ScriptValidationSchema,
  StateMachineValidationSchema,
  UniqueValidationSchema,
  ValidationRuleSchema,
} from './validation-rule.zod.js';

const base = { name: 'a_rule', message: 'Broken.' };
const script = { ...base, type: 'script', condition: 'a > b' };
const branch = (then: object) => ({ ...base, type: 'conditional', when: 'a', then });
const RULES = [
  {
    schema: UniqueValidationSchema,
    rule: { ...base, type: 'unique', fields: ['a', 'b'], caseSensitive: false },
    needs: [],
  },
  { schema: ScriptValidationSchema, rule: script, needs: ['condition'] },
  {
    schema: StateMachineValidationSchema,
    rule: { ...base, type: 'state_machine', field: 'a', transitions: { x: ['y'] } },
    needs: ['field', 'transitions'],
  },
  {
    schema: FormatValidationSchema,
    rule: { ...base, type: 'format', field: 'a', format: 'phone' },
    needs: ['field'],
  },
  {
    schema: CrossFieldValidationSchema,
    rule: { ...base, type: 'cross_field', condition: { dialect: 'cel', source: 'a' }, fields: ['a'] },
    needs: ['condition', 'fields'],
  },
  {
    schema: JSONValidationSchema,
    rule: { ...base, type: 'json_schema', field: 'a', schema: { type: 'object' } },
    needs: ['field', 'schema'],
  },
  {
    schema: AsyncValidationSchema,
    rule: { ...base, type: 'async', field: 'a', validatorUrl: '/check', method: 'POST', params: { b: 1 } },
    needs: ['field'],
  },
  { schema: CustomValidationSchema, rule: { ...base, type: 'custom', handler: 'check' }, needs: ['handler'] },
  {
    schema: ConditionalValidationSchema,
    rule: { ...branch(script), otherwise: branch(script) },
    needs: ['when', 'then'],
  },
];

describe('ValidationRuleSchema', () => {
  it.each(RULES)('returns $rule.type unchanged', ({ schema, rule }) => {
    const written = { ...rule, events: ['insert'], priority: 1, active: true, madeUp: { x: 1 } };
    expect(schema.parse(written)).toEqual(written);
    expect(ValidationRuleSchema.parse(written)).toEqual(written);
  });

  it.each(RULES)('keeps $rule.type without the properties that it usually has', ({ rule, needs }) => {
    const found = needs.map((key) => unknownShapes(ValidationRuleSchema, { ...rule, [key]: undefined }));
    expect(found).toEqual(needs.map((key) => [key]));
  });

  it.each([
    ['type', { type: 'magic' }],
    ['type', { type: undefined }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ValidationRuleSchema, { ...script, ...change })).toEqual([path]);
  });

  it.each([
    ['name', { name: 'A rule' }],
    ['message', { message: undefined }],
    ['events.0', { events: ['read'] }],
    ['priority', { priority: 10_000 }],
    ['priority', { priority: -1 }],
    ['severity', { severity: 'fatal' }],
  ])('keeps an unknown shape of %s: %j', (path, change) => {
    const value = { ...script, ...change };
    expect(ValidationRuleSchema.parse(value)).toEqual(value);
    expect(unknownShapes(ValidationRuleSchema, value)).toEqual([path]);
  });

  it('keeps an unknown shape of a rule inside a rule', () => {
    const rule = branch({ ...script, condition: 1 });
    expect(ValidationRuleSchema.parse(rule)).toEqual(rule);
    expect(unknownShapes(ValidationRuleSchema, rule)).toEqual(['then.condition']);
  });
});

describe('UniqueValidationSchema', () => {
  it('requires a field', () => {
    expect(issuePaths(UniqueValidationSchema, { ...base, type: 'unique', fields: [] })).toEqual(['fields']);
  });
});
