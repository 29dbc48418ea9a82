import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forwardToNamespace } from './forward-to-namespace.js';
import { startSqldServer } from './sqld-server.js';

const PATH = /^\/ns\/([a-z0-9-]+)(\/.*)$/;

export interface LibsqlServerOptions {
  /** Directory of the databases. They survive a restart. */
  readonly dir: string;
}

export interface LibsqlServer {
  /** URL of a database, with `{database}` in place of its name: the option `url` of the data plane `libsqlServer`. */
  readonly url: string;
  /** URL of the administrative API: the option `adminUrl` of the data plane `libsqlServer`. */
  readonly adminUrl: string;
  /** Stops the server. */
  stop(): Promise<void>;
}

/**
 * Starts a libSQL server with namespaces on the loopback interface, for development. A production server derives the
 * namespace from the host name, which needs DNS entries; here it is a part of the path.
 */
export async function startLibsqlServer({ dir }: LibsqlServerOptions): Promise<LibsqlServer> {
  const { port, adminPort, stop } = await startSqldServer(dir);
  const front = createServer((incoming, outgoing) => {
    const [, name, path] = PATH.exec(incoming.url ?? '') ?? [];
    if (name && path) return forwardToNamespace({ port, host: `${name}.local`, path }, incoming, outgoing);
    incoming.resume();
    outgoing.writeHead(404).end();
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}/ns/{database}/`,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    async stop() {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      await stop();
    },
  };
}
