/** An answer of the server. */
export interface S3Answer {
  readonly status: number;
  /** The body; null if it exceeds the limit of the request. */
  readonly body: Uint8Array | null;
  /** Code of the error, such as `NoSuchKey`; absent if the answer is none or names none. */
  readonly errorCode?: string;
  /** Time that the server asks to wait before the next attempt, in milliseconds. */
  readonly waitMs?: number;
}

/** Enough for an error, whose text is never passed on. */
const MOST_ERROR_BYTES = 65_536;

async function readChunks(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  mostBytes: number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(Buffer.concat(chunks));
    size += value.byteLength;
    if (size > mostBytes) {
      await reader.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(value);
  }
}

/**
 * The body; null if it exceeds the limit, without reading the rest. The signal of `fetch` is not enough: once the
 * response has arrived, the garbage collector may take the request that forwards it.
 */
async function readBody(
  response: Response,
  { mostBytes, signal }: { mostBytes: number; signal: AbortSignal },
): Promise<Uint8Array | null> {
  if (!response.body) return new Uint8Array();
  const reader = response.body.getReader();
  const giveUp = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', giveUp);
  try {
    signal.throwIfAborted();
    const body = await readChunks(reader, mostBytes);
    // A canceled body ends like a complete one.
    signal.throwIfAborted();
    return body;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Delay of a Retry-After header, in seconds or as a date. */
function retryAfter(response: Response): number | undefined {
  const text = response.headers.get('retry-after')?.trim();
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function errorCodeOf(body: Uint8Array | null): string | undefined {
  const text = body && new TextDecoder().decode(body);
  const code = text ? /<Code>([^<]*)/.exec(text)?.[1] : undefined;
  return code !== undefined && /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(code) ? code : undefined;
}

/** Reads the whole answer within its limit. */
export async function readAnswer(
  response: Response,
  { mostBytes, signal }: { mostBytes: number; signal: AbortSignal },
): Promise<S3Answer> {
  const { status, ok } = response;
  const body = await readBody(response, { mostBytes: ok ? mostBytes : MOST_ERROR_BYTES, signal });
  if (ok) return { status, body };
  const errorCode = errorCodeOf(body);
  const waitMs = retryAfter(response);
  return { status, body, ...(errorCode && { errorCode }), ...(waitMs !== undefined && { waitMs }) };
}
