import type { Field } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { optionMeant } from './option-meant.js';

const options = [
  { label: 'Closed and won', value: 'won' },
  { label: 'Lost', value: 'lost' },
  { value: 'open' },
] as Field['options'];

describe('optionMeant', () => {
  it.each([
    ['closed and won', 'won'],
    ['LOST', 'lost'],
    ['opne', 'open'],
    ['elsewhere', undefined],
    [7, undefined],
  ])('of %j is %s', (value, meant) => {
    expect(optionMeant({ type: 'select', options }, value)).toBe(meant);
  });

  it('of a field without options is none', () => {
    expect(optionMeant({ type: 'text' }, 'open')).toBeUndefined();
  });
});
