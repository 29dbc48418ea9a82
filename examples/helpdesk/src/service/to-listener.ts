import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendResponse, toRequest } from './node-exchange.js';

type Handler = (request: Request) => Response | Promise<Response>;

/** Runs a handler of Fetch requests, also that of a Hono app, on the HTTP server of Node. */
export function toListener(handler: Handler) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> =>
    sendResponse(await handler(toRequest(incoming)), outgoing);
}
