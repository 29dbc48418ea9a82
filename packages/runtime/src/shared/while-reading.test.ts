import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { whileReading } from './while-reading.js';

const unreadable = () => new ObjectStackError({ code: 'invalid_request', message: 'Unreadable.' });

describe('whileReading', () => {
  it('returns what was read', () => {
    expect(whileReading(unreadable, () => 7)).toBe(7);
  });

  it('replaces an untyped error, and rethrows a typed one', () => {
    const typed = new ObjectStackError({ code: 'invalid_bundle', message: 'Typed.' });
    const reading = (error: Error) => () =>
      whileReading(unreadable, () => {
        throw error;
      });
    expect(reading(new TypeError('CANARY'))).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    expect(reading(typed)).toThrow(typed);
  });
});
