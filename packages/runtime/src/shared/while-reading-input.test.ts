import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { whileReadingInput } from './while-reading-input.js';

const unreadable = () => new ObjectStackError({ code: 'invalid_request', message: 'Unreadable.' });

describe('whileReadingInput', () => {
  it('returns what was read', () => {
    expect(whileReadingInput(unreadable, () => 7)).toBe(7);
  });

  it('replaces an untyped error, and rethrows a typed one', () => {
    const typed = new ObjectStackError({ code: 'invalid_bundle', message: 'Typed.' });
    const reading = (error: Error) => () =>
      whileReadingInput(unreadable, () => {
        throw error;
      });
    expect(reading(new TypeError('CANARY'))).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    expect(reading(typed)).toThrow(typed);
  });
});
