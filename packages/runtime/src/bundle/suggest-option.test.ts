import type { Field } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { suggestOption } from './suggest-option.js';

const options = [
  { label: 'Closed and won', value: 'won' },
  { label: 'Lost', value: 'lost' },
  { value: 'open' },
] as Field['options'];

describe('suggestOption', () => {
  it.each([
    ['closed and won', 'won'],
    ['LOST', 'lost'],
    ['opne', 'open'],
    ['elsewhere', undefined],
    [7, undefined],
  ])('of %j is %s', (value, meant) => {
    expect(suggestOption({ type: 'select', options }, value)).toBe(meant);
  });

  it('of a field without options is none', () => {
    expect(suggestOption({ type: 'text' }, 'open')).toBeUndefined();
  });
});
