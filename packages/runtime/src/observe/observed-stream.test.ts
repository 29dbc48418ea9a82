import { describe, expect, it } from 'vitest';
import { observedStream } from './observed-stream.js';

async function* three(fails = false) {
  yield 1;
  yield 2;
  if (fails) throw new Error('oops');
  yield 3;
}

/** What an observer sees, and the stream. */
function observed(open: () => AsyncIterable<number>) {
  const seen: unknown[] = [];
  const stream = observedStream(open, async (work) => {
    seen.push('begin');
    try {
      await work();
      seen.push('end');
    } catch (error) {
      seen.push(error);
      throw error;
    }
  });
  return { seen, stream };
}

async function collect(stream: AsyncIterable<number>): Promise<number[]> {
  const items: number[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

describe('observedStream', () => {
  it('is one call from the first item until the stream ends', async () => {
    const { seen, stream } = observed(() => three());
    expect(seen).toEqual([]);
    expect(await stream.next()).toEqual({ done: false, value: 1 });
    expect(seen).toEqual(['begin']);
    expect(await collect(stream)).toEqual([2, 3]);
    expect(seen).toEqual(['begin', 'end']);
  });

  it('fails with the error of the stream', async () => {
    const { seen, stream } = observed(() => three(true));
    await expect(collect(stream)).rejects.toThrow('oops');
    expect(seen).toEqual(['begin', expect.objectContaining({ message: 'oops' })]);
  });

  it('fails if the stream cannot be opened', async () => {
    const { seen, stream } = observed(() => {
      throw new Error('closed');
    });
    await expect(stream.next()).rejects.toThrow('closed');
    expect(seen).toEqual(['begin', expect.objectContaining({ message: 'closed' })]);
  });

  it.each(['break', 'throw'])('ends without an error if its reader stops by %s', async (how) => {
    const { seen, stream } = observed(() => three());
    const read = async () => {
      for await (const _ of stream) {
        if (how === 'break') break;
        throw new Error('reader');
      }
    };
    await read().catch(() => undefined);
    expect(seen).toEqual(['begin', 'end']);
  });
});
