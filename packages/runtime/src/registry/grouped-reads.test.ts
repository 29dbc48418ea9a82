import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { GroupedReads } from './grouped-reads.js';

function openReads(rows: Map<string, string>) {
  const asked: (readonly string[])[] = [];
  let failsNext = false;
  const reads = new GroupedReads(async (keys) => {
    asked.push(keys);
    const snapshot = new Map(
      keys.flatMap((key) => (rows.has(key) ? [[key, `${rows.get(key)}`] as const] : [])),
    );
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (failsNext) {
      failsNext = false;
      throw new ObjectStackError({ code: 'database_busy', message: 'Busy.' });
    }
    return snapshot;
  });
  const fail = () => {
    failsNext = true;
  };
  return { reads, asked, fail };
}

describe('GroupedReads', () => {
  it('reads by one statement what is asked for during another read', async () => {
    const { reads, asked } = openReads(
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    );
    const found = await Promise.all(['a', 'b', 'a', 'c'].map((key) => reads.get(key)));
    expect(found).toEqual(['1', '2', '1', undefined]);
    expect(asked).toEqual([['a'], ['b', 'a', 'c']]);
  });

  it('returns what was written before the call, although an earlier read is in progress', async () => {
    const rows = new Map([['a', 'old']]);
    const { reads } = openReads(rows);
    const earlier = reads.get('a');
    rows.set('a', 'new');
    expect(await reads.get('a')).toBe('new');
    expect(await earlier).toBe('old');
  });

  it('rejects the reads of a statement that fails, and reads on', async () => {
    const { reads, fail } = openReads(new Map([['a', '1']]));
    fail();
    const outcomes = await Promise.allSettled([reads.get('a'), reads.get('a')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await reads.get('a')).toBe('1');
  });
});
