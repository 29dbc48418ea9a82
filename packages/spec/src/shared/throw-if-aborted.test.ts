import { describe, expect, it } from 'vitest';
import { abortedError, throwIfAborted } from './throw-if-aborted.js';

describe('throwIfAborted', () => {
  it('returns if there is no signal or it is not aborted', () => {
    expect(throwIfAborted(undefined)).toBeUndefined();
    expect(throwIfAborted(new AbortController().signal)).toBeUndefined();
  });

  it('throws aborted', () => {
    expect(() => throwIfAborted(AbortSignal.abort())).toThrow(expect.objectContaining({ code: 'aborted' }));
  });
});

describe('abortedError', () => {
  it('is what throwIfAborted throws', () => {
    expect(() => throwIfAborted(AbortSignal.abort())).toThrow(abortedError().message);
    expect(abortedError()).toMatchObject({ code: 'aborted', retryable: expect.any(Boolean) });
  });
});
