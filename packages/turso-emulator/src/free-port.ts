import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems assign to outgoing connections, which could take the port before a server has it. */
const FIRST = 20_000;
const LAST = 32_000;
const TRIES = 100;

/** A port of 127.0.0.1 on which nothing listens. Another process can still take it: who starts a server on it tries again. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FIRST, LAST);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error(`No port of 127.0.0.1 from ${FIRST} to ${LAST} is free.`);
}
