import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { awaitAnswer } from './await-answer.js';

describe('awaitAnswer', () => {
  it('reads again while the database is not known, and no longer', async () => {
    let reads = 0;
    const read = async () => {
      if (++reads === 1) throw new ObjectStackError({ code: 'database_not_found', message: 'Not yet.' });
    };
    await awaitAnswer(read, undefined);
    expect(reads).toBe(2);
  });

  it('rejects as soon as the caller aborts, also while the server does not answer', async () => {
    const answer = awaitAnswer(() => new Promise(() => {}), AbortSignal.timeout(10));
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
  });
});
