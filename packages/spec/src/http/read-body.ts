import { ObjectStackError } from '../shared/object-stack-error.js';

const FIRST_BYTES = 4_096;

function tooLarge(maximum: number): ObjectStackError {
  return new ObjectStackError({
    code: 'request_too_large',
    message: `The body of the request has more than ${maximum} bytes. Send less, or raise maxBytes of the route.`,
    details: { maximum },
  });
}

/**
 * The bytes of a request's body, at most `maxBytes`. The declared length is checked first, and reading stops as soon as
 * the limit is exceeded. Throws `request_too_large`, and `aborted` if the client closes the connection.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw new TypeError('The body of the request has already been read.');
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) {
    await request.body?.cancel().catch(() => undefined);
    throw tooLarge(maxBytes);
  }
  // One buffer that grows: a client chooses the number of chunks, and each costs far more than its bytes.
  let buffer = new Uint8Array(Math.min(maxBytes, FIRST_BYTES));
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      const end = size + chunk.byteLength;
      if (end > maxBytes) throw tooLarge(maxBytes);
      if (end > buffer.byteLength) {
        const larger = new Uint8Array(Math.min(maxBytes, Math.max(end, buffer.byteLength * 2)));
        larger.set(buffer.subarray(0, size));
        buffer = larger;
      }
      buffer.set(chunk, size);
      size = end;
    }
  } catch (error) {
    if (ObjectStackError.isInstance(error)) throw error;
    throw new ObjectStackError({ code: 'aborted', message: 'The body of the request ended early.' });
  }
  return buffer.subarray(0, size);
}
