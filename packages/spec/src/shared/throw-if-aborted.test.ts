import { describe, expect, it } from 'vitest';
import { throwIfAborted } from './throw-if-aborted.js';

describe('throwIfAborted', () => {
  it('returns if there is no signal or it is not aborted', () => {
    expect(throwIfAborted(undefined)).toBeUndefined();
    expect(throwIfAborted(new AbortController().signal)).toBeUndefined();
  });

  it('throws aborted', () => {
    expect(() => throwIfAborted(AbortSignal.abort())).toThrow(expect.objectContaining({ code: 'aborted' }));
  });
});
