import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Effect, HranaClient } from './hrana-client.js';
import { TokenSource } from './token-source.js';

/** A server that answers every request, and the encodings that it was asked for. */
async function listening() {
  const encodings: unknown[] = [];
  const server = createServer((request, response) => {
    encodings.push(request.headers['accept-encoding']);
    request
      .resume()
      .on('end', () =>
        response.end(JSON.stringify({ results: [{ type: 'ok', response: { type: 'close' } }] })),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, encodings };
}

describe('HranaClient', () => {
  it.each([
    ['read', 'gzip'],
    ['write', 'identity'],
    ['guarded_write', 'identity'],
  ] as [Effect, string][])('accepts for a %s an answer encoded as %s only', async (effect, encoding) => {
    const { url, encodings } = await listening();
    const client = new HranaClient({ url, tokens: new TokenSource('t'), timeoutMs: 5_000, maxRetries: 0 });
    await client.send([{ type: 'close' }], { effect });
    expect(encodings).toEqual([encoding]);
  });
});
