import type { IncomingMessage, ServerResponse } from 'node:http';
import { ReadableStream } from 'node:stream/web';

/** The request of the Fetch API for one of the HTTP server of Node. */
export function toRequest(incoming: IncomingMessage): Request {
  const { method = 'GET', url = '/', headers } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  // If the body is too large, reading stops, and Node discards the rest. Destroying the request would reset the
  // connection before the client has read the response.
  const body = hasBody && ReadableStream.from(incoming.iterator({ destroyOnReturn: false }));
  const init = {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(body && { body, duplex: 'half' }),
  };
  return new Request(new URL(url, 'http://localhost'), init as RequestInit);
}

/** Sends a response of the Fetch API. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
