import { type DefaultContext, defaultValueOf, type Field } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { defaultFromExpression, evaluateDefault } from './evaluate-default.js';

const context: DefaultContext = { now: '2026-03-31T08:09:10.123Z', actor: 'u1' };
const options = [{ label: 'A', value: 'a' }];

describe('evaluateDefault', () => {
  it('knows the user who writes', () => {
    expect(evaluateDefault({ type: 'text' }, 'os.user.id', context)).toEqual({ value: 'u1' });
    expect(evaluateDefault({ type: 'text' }, 'os.user.id', { ...context, actor: undefined })).toEqual({
      value: null,
    });
  });

  it('accepts only options of the field', () => {
    expect(evaluateDefault({ type: 'select', options }, '"a"', context)).toEqual({ value: 'a' });
    expect(evaluateDefault({ type: 'select', options }, '"b"', context)).toMatchObject({
      problem: { code: 'unfit_value' },
    });
  });
});

describe('defaultFromExpression', () => {
  it.each<[Field, string, unknown]>([
    [{ type: 'date' }, 'today()', '2026-03-31'],
    [{ type: 'date' }, 'null', undefined],
    [{ type: 'date' }, 'unknown()', undefined],
    [{ type: 'date' }, '1', undefined],
  ])('is the default of %j with %s: %s', (field, source, value) => {
    const withDefault = { ...field, defaultValue: { dialect: 'cel', source } };
    expect(defaultValueOf(withDefault, { ...context, evaluate: defaultFromExpression })).toBe(value);
    expect(defaultValueOf(withDefault, context)).toBeUndefined();
  });
});
