import { describe, expect, it } from 'vitest';
import { defaultValueOf, isComputedDefault, isDefaultToken } from './default-value.js';
import type { Field } from './field.zod.js';

const context = { now: '2026-03-01T08:09:10.123Z', actor: 'u1' };
const options = [
  { label: 'A', value: 'a' },
  { label: 'B', value: 'b', default: true },
  { label: 'C', value: 'c', default: true },
];

describe('defaultValueOf', () => {
  it.each<[Field, unknown]>([
    [{ type: 'text' }, undefined],
    [{ type: 'text', defaultValue: 'x' }, 'x'],
    [{ type: 'text', defaultValue: 'constructor' }, 'constructor'],
    [{ type: 'number', defaultValue: 0 }, 0],
    [{ type: 'select', options }, 'b'],
    [{ type: 'select', options: options.slice(0, 1) }, undefined],
    [{ type: 'multiselect', options }, ['b', 'c']],
    [{ type: 'multiselect', options: options.slice(0, 1) }, undefined],
    [{ type: 'select', options, defaultValue: 'a' }, 'a'],
    [{ type: 'datetime', defaultValue: 'NOW()' }, context.now],
    [{ type: 'text', defaultValue: 'NOW()' }, context.now],
    [{ type: 'date', defaultValue: 'NOW()' }, '2026-03-01'],
    [{ type: 'time', defaultValue: 'NOW()' }, '08:09:10'],
    [{ type: 'date', defaultValue: 'TODAY()' }, '2026-03-01'],
    [{ type: 'text', defaultValue: 'TODAY()' }, '2026-03-01'],
    [{ type: 'datetime', defaultValue: 'TODAY()' }, '2026-03-01T00:00:00.000Z'],
    [{ type: 'time', defaultValue: 'TODAY()' }, '00:00:00'],
    [{ type: 'lookup', reference: 'user', defaultValue: '$currentUser' }, 'u1'],
  ])('of %j is %j', (field, value) => {
    expect(defaultValueOf(field, context)).toEqual(value);
  });

  it('returns undefined for the current user if there is none', () => {
    const field: Field = { type: 'text', defaultValue: '{current_user}' };
    expect(defaultValueOf(field, { ...context, actor: undefined })).toBeUndefined();
  });
});

describe('a default that is a CEL expression', () => {
  const field: Field = { type: 'text', defaultValue: { dialect: 'cel', source: 'os.user.id' } };

  it('has the value that the context evaluates', () => {
    const evaluate = (of: Field, source: string, { actor }: { actor: string | undefined }) =>
      [of.type, source, actor].join(' ');
    expect(defaultValueOf(field, { ...context, evaluate })).toBe('text os.user.id u1');
  });

  it('is not applied in a context that does not evaluate', () => {
    expect(defaultValueOf(field, context)).toBeUndefined();
  });

  it.each<[unknown, boolean]>([
    [field.defaultValue, true],
    ['NOW()', true],
    ['a', false],
    [undefined, false],
  ])('is computed, as a token is: %j %s', (defaultValue, isComputed) => {
    expect(isComputedDefault({ type: 'text', defaultValue })).toBe(isComputed);
  });
});

describe('isDefaultToken', () => {
  it.each<[Field['type'], unknown, boolean]>([
    ['text', '$currentUser', true],
    ['text', 'NOW()', true],
    ['text', 'now', false],
    ['text', 1, false],
    ['date', 'TODAY()', true],
    ['datetime', 'TODAY()', true],
    ['time', 'NOW()', true],
    ['date', '$currentUser', false],
    ['number', 'NOW()', false],
    ['tags', 'NOW()', false],
    ['text', 'toString', false],
  ])('of a %s with %j is %s', (type, value, expected) => {
    expect(isDefaultToken({ type }, value)).toBe(expected);
  });
});
