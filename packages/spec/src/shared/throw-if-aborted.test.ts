import { describe, expect, it } from 'vitest';
import { throwIfAborted } from './throw-if-aborted.js';

describe('throwIfAborted', () => {
  it('passes without a signal, and with one that is not aborted', () => {
    expect(throwIfAborted(undefined)).toBeUndefined();
    expect(throwIfAborted(new AbortController().signal)).toBeUndefined();
  });

  it('throws aborted', () => {
    expect(() => throwIfAborted(AbortSignal.abort())).toThrow(expect.objectContaining({ code: 'aborted' }));
  });
});
