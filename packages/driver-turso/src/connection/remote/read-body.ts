/** Servers send at most 10 MB; a larger answer is not one of a libSQL server, or one that was told to send more. */
export const MOST_ANSWER_BYTES = 16 * 1_024 * 1_024;

/** The body as text; null when it has more bytes than an answer may have, which are then not read. */
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
