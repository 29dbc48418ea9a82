import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TcpProxy {
  readonly port: number;
  /** Ends every connection, and refuses new ones until `restore`. */
  cut(): void;
  restore(): void;
  /** Passes nothing on any more, without ending a connection, until `restore`. */
  stall(): void;
}

/** A proxy in front of a server on this machine, to interrupt its connections. Closed after the test. */
export async function tcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let mode: 'open' | 'cut' | 'stalled' = 'open';
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    return socket;
  };
  const server = createServer((incoming) => {
    keep(incoming);
    if (mode === 'cut') return incoming.destroy();
    const outgoing = keep(connect(target, '127.0.0.1'));
    const pass = (from: Socket, to: Socket) =>
      from.on('data', (chunk) => mode !== 'stalled' && to.write(chunk)).on('close', () => to.destroy());
    pass(incoming, outgoing);
    return pass(outgoing, incoming);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    endAll();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      mode = 'cut';
      endAll();
    },
    restore() {
      mode = 'open';
    },
    stall() {
      mode = 'stalled';
    },
  };
}
