import { type IncomingMessage, request, type ServerResponse } from 'node:http';

export interface NamespaceRequest {
  readonly port: number;
  /** Value of the Host header, whose first label is the namespace. */
  readonly host: string;
  readonly path: string;
  /** Replaces the Authorization header. Absent: the one of the request. */
  readonly authorization?: string;
}

/** Forwards a request to a namespace of a libSQL server on this machine. */
export function forwardToNamespace(
  { port, host, path, authorization }: NamespaceRequest,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const headers = { ...incoming.headers, ...(authorization !== undefined && { authorization }), host };
  const { method } = incoming;
  const inner = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  inner.on('error', () => outgoing.destroy());
  incoming.pipe(inner);
}
