import { describe, expect, it } from 'vitest';
import { retryWhileBusy } from './retry-while-busy.js';

const PAUSES = { firstPauseMs: 0, longestPauseMs: 0, signal: undefined };
const isBusy = (error: unknown) => error === 'busy';

function failing(...errors: string[]) {
  let attempts = 0;
  return {
    attempts: () => attempts,
    work: async () => {
      const error = errors[attempts++];
      if (error !== undefined) throw error;
      return 'done';
    },
  };
}

describe('retryWhileBusy', () => {
  const forever = () => ({ ...PAUSES, until: Number.POSITIVE_INFINITY });

  it('repeats work until it no longer fails because of the lock', async () => {
    const { work, attempts } = failing('busy', 'busy');
    await expect(retryWhileBusy(forever(), isBusy, work)).resolves.toBe('done');
    expect(attempts()).toBe(3);
  });

  it('throws any other error at once', async () => {
    const { work, attempts } = failing('busy', 'other', 'busy');
    await expect(retryWhileBusy(forever(), isBusy, work)).rejects.toBe('other');
    expect(attempts()).toBe(2);
  });

  it('gives up at the deadline, which an attempt can postpone', async () => {
    const patience = { ...PAUSES, until: 0 };
    const { work, attempts } = failing('busy', 'busy', 'busy');
    const postponing = () => {
      patience.until = attempts() < 1 ? Number.POSITIVE_INFINITY : 0;
      return work();
    };
    await expect(retryWhileBusy(patience, isBusy, postponing)).rejects.toBe('busy');
    expect(attempts()).toBe(2);
  });

  it('rejects an aborted call instead of repeating it', async () => {
    const { work, attempts } = failing('busy', 'busy');
    const patience = { ...forever(), signal: AbortSignal.abort() };
    await expect(retryWhileBusy(patience, isBusy, work)).rejects.toMatchObject({ code: 'aborted' });
    expect(attempts()).toBe(1);
  });
});
