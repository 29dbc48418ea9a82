/** Servers send at most 10 MB by default. A larger response is not from a libSQL server, or from one with a raised limit. */
export const MOST_ANSWER_BYTES = 16 * 1_024 * 1_024;

/** The body as text; null if it exceeds the size limit, without reading the rest. */
export async function readBody(response: Response): Promise<string | null> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    size += value.byteLength;
    if (size > MOST_ANSWER_BYTES) {
      await reader.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(value);
  }
}
