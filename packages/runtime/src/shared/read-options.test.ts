import { describe, expect, it } from 'vitest';
import { readOptions } from './read-options.js';

const explode = () => {
  throw new Error('CANARY');
};

describe('readOptions', () => {
  it('copies the options, and returns an empty object for absent options', () => {
    const { signal } = new AbortController();
    const options = { signal };
    expect(readOptions(options)).toEqual(options);
    expect(readOptions(options)).not.toBe(options);
    expect(readOptions(undefined)).toEqual({});
  });

  it.each([
    ['null', null],
    ['a text', 'a'],
    ['a list', []],
    ['a map', new Map()],
    ['a signal that is not an AbortSignal', { signal: 7 }],
    [
      'a getter that throws',
      {
        get signal() {
          return explode();
        },
      },
    ],
    ['a proxy that throws', new Proxy({}, { get: explode, ownKeys: explode })],
  ])('refuses %s', (_, options) => {
    expect(() => readOptions(options as never)).toThrow(
      expect.objectContaining({ code: 'invalid_request', message: expect.not.stringContaining('CANARY') }),
    );
  });
});
