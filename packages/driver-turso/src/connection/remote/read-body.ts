/** Servers send at most 10 MB by default. A larger response is not from a libSQL server, or from one with a raised limit. */
export const MOST_ANSWER_BYTES = 16 * 1_024 * 1_024;

async function readChunks(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array[] | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    size += value.byteLength;
    if (size > MOST_ANSWER_BYTES) {
      await reader.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(value);
  }
}

/**
 * The body as text; null if it exceeds the size limit, without reading the rest. Rejects when the signal is aborted. The
 * signal of `fetch` is not enough: once the response has arrived, the garbage collector may take the request that
 * forwards it, and the body of a silent server would be awaited forever.
 */
export async function readBody(response: Response, signal: AbortSignal): Promise<string | null> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const giveUp = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', giveUp);
  try {
    signal.throwIfAborted();
    const chunks = await readChunks(reader);
    // A canceled body ends like a complete one.
    signal.throwIfAborted();
    return chunks && Buffer.concat(chunks).toString('utf8');
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
