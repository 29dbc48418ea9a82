import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { whileReading } from './while-reading.js';

const unreadable = () => new ObjectStackError({ code: 'invalid_request', message: 'Unreadable.' });

describe('whileReading', () => {
  it('gives what is read', () => {
    expect(whileReading(unreadable, () => 7)).toBe(7);
  });

  it('replaces an error that is not typed and keeps one that is', () => {
    const typed = new ObjectStackError({ code: 'invalid_bundle', message: 'Typed.' });
    const reading = (error: Error) => () =>
      whileReading(unreadable, () => {
        throw error;
      });
    expect(reading(new TypeError('CANARY'))).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    expect(reading(typed)).toThrow(typed);
  });
});
