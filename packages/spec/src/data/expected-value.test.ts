import { describe, expect, it } from 'vitest';
import { expectedItem, expectedValue } from './expected-value.js';
import type { Field } from './field.zod.js';
import { fieldValueModel } from './field-value.js';

describe('expectedValue', () => {
  it.each<[Field, string]>([
    [{ type: 'date' }, 'a date such as 2026-01-31, without a time'],
    [{ type: 'datetime' }, 'a timestamp such as 2026-01-31T12:00:00Z, with a time and an offset'],
    [{ type: 'number', multiple: true }, 'a list, each item a number such as 12.5'],
    [{ type: 'tags' }, 'a list, each item text'],
  ])('of %j is %s', (field, expected) => {
    expect(expectedValue(fieldValueModel(field))).toBe(expected);
  });
});

describe('expectedItem', () => {
  it('describes each item of a list', () => {
    expect(expectedItem(fieldValueModel({ type: 'time', multiple: true }))).toBe(
      'a time of day such as 12:00:00',
    );
  });
});
