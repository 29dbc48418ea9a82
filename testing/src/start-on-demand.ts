import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Started {
  stop(): Promise<void>;
}

interface OnDemand<T extends Started> {
  /** Environment variable in which the workers find the URL. */
  readonly variable: string;
  readonly start: () => Promise<T>;
  /** What the workers need to know about the server. */
  readonly describe: (server: T) => string;
}

/**
 * Lets the tests of a run share a server, which starts when the first of them asks for it: workers request what they need to
 * know from the main process. The result stops the server.
 */
export async function startOnDemand<T extends Started>({
  variable,
  start,
  describe,
}: OnDemand<T>): Promise<() => Promise<void>> {
  let starting: Promise<T> | undefined;
  const front = createServer((_, response) => {
    starting ??= start();
    starting.then(
      (server) => response.end(describe(server)),
      (error) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  process.env[variable] = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  return async () => {
    front.closeAllConnections();
    front.close();
    await (await starting?.catch(() => undefined))?.stop();
  };
}

/** What the main process tells about the server, which it starts if this is the first request. */
export async function requestStarted(variable: string): Promise<string> {
  const response = await fetch(process.env[variable] ?? '');
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
