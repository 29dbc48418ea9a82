import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Databases } from './databases.js';
import { forwardToNamespace } from './forward-to-namespace.js';
import { claimsOf } from './signing-key.js';
import type { SqldServer } from './sqld-server.js';
import type { EmulatedDatabase, State } from './state.js';

const PATH = /^\/ns\/([^/]+)(\/.*)$/;

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
}

const bearerOf = ({ headers }: IncomingMessage) => /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];

/** A token of the group opens each of its databases: the server knows only the key of the database. */
function forwardedToken(token: string, database: EmulatedDatabase, state: State): string {
  const group = state.groups.get(database.group);
  if (!group?.key.signed(token)) return token;
  const a = claimsOf(token)?.a ?? 'ro';
  return database.key.sign({
    id: database.name,
    a,
    iat: Math.floor(Date.now() / 1_000),
    jti: randomUUID(),
  });
}

export interface DatabaseFrontOptions {
  readonly server: SqldServer;
  readonly databases: Databases;
  readonly state: State;
}

/** The name in a path; empty if its encoding is malformed. */
function nameOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}

/**
 * Forwards `/ns/<name>/…` to the namespace of a database, which the server derives from the Host header. Answers 404 for
 * a database that is not served yet, and refuses expired tokens immediately, for which the server allows a minute.
 */
export function forwardToDatabase(
  { server, databases, state }: DatabaseFrontOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const [, name = '', path = ''] = PATH.exec(incoming.url ?? '') ?? [];
  const database = state.databases.get(nameOf(name));
  if (!database || Date.now() < database.servedFrom) {
    incoming.resume();
    refuse(outgoing, 404, `Namespace \`${name}\` doesn't exist`);
    return;
  }
  const token = bearerOf(incoming);
  const { exp } = (token && claimsOf(token)) || {};
  if (exp !== undefined && exp * 1_000 <= Date.now()) {
    incoming.resume();
    refuse(outgoing, 401, 'Unauthorized: `The JWT has expired`');
    return;
  }
  const authorization = token && `Bearer ${forwardedToken(token, database, state)}`;
  const host = databases.hostOf(database.name);
  forwardToNamespace(
    { port: server.port, host, path, ...(authorization && { authorization }) },
    incoming,
    outgoing,
  );
}
