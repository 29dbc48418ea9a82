import { describe, expect, it } from 'vitest';
import { MOST_ANSWER_BYTES, readBody } from './read-body.js';

const never = new AbortController().signal;

describe('readBody', () => {
  it('returns the text, also of characters that are split between chunks', async () => {
    const bytes = new TextEncoder().encode('a 😀');
    const chunks = [bytes.slice(0, 4), bytes.slice(4)];
    const body = new ReadableStream({
      pull: (controller) => {
        const chunk = chunks.shift();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    });
    expect(await readBody(new Response(body), never)).toBe('a 😀');
    expect(await readBody(new Response(null), never)).toBe('');
  });

  it('returns null beyond the size limit', async () => {
    expect(await readBody(new Response('x'.repeat(MOST_ANSWER_BYTES + 1)), never)).toBeNull();
  });

  it('rejects and cancels a body that does not end when its own signal is aborted', async () => {
    let isCancelled = false;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
      cancel: () => {
        isCancelled = true;
      },
    });
    const controller = new AbortController();
    const reading = readBody(new Response(body), controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(isCancelled).toBe(true);
    await expect(readBody(new Response('{}'), controller.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
