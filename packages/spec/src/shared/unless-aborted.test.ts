import { describe, expect, it } from 'vitest';
import { unlessAborted } from './unless-aborted.js';

const never = new Promise<string>(() => undefined);

describe('unlessAborted', () => {
  it('returns the result of the work, with and without a signal', async () => {
    expect(await unlessAborted('now', undefined)).toBe('now');
    expect(await unlessAborted(Promise.resolve('later'), new AbortController().signal)).toBe('later');
  });

  it('rejects with the error of the work', async () => {
    const failing = Promise.reject(new Error('broken'));
    await expect(unlessAborted(failing, new AbortController().signal)).rejects.toThrow('broken');
  });

  it('rejects as soon as the caller aborts, before or during the work', async () => {
    await expect(unlessAborted(never, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    const controller = new AbortController();
    const result = unlessAborted(never, controller.signal);
    controller.abort();
    await expect(result).rejects.toMatchObject({ code: 'aborted' });
  });
});
