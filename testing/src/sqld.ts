import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bucketBackupOptions } from '../../packages/turso-emulator/src/bucket-backup.js';
import { type SqldServerOptions, startSqldServer } from '../../packages/turso-emulator/src/sqld-server.js';
import type { S3Access } from './s3/refuse-request.js';

const OVERTAKEN_FOR_MS = 300;

/** Faults of the proxy for the next requests. */
type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly times: number;
      readonly retryAfter?: string;
      readonly body?: string;
    }
  /** Refuses those requests that carry the token. */
  | { readonly kind: 'refuse-token'; readonly token: string; readonly times: number }
  /** Never answers. */
  | { readonly kind: 'stall'; readonly times: number }
  /** The server does the work, and its answer is lost. */
  | { readonly kind: 'lose-answer'; readonly times: number }
  /** The server does the work, and the proxy answers with a status of its own. */
  | { readonly kind: 'answer-after'; readonly status: number; readonly times: number }
  /** The request reaches the server only when it has been sent again. */
  | { readonly kind: 'overtake'; readonly times: number }
  /** The answer of the server, changed on its way. */
  | { readonly kind: 'rewrite'; readonly times: number; readonly rewrite: (body: string) => string };

export interface SqldServer {
  /** URL of a database, with `{database}` in place of its name. */
  readonly urlTemplate: string;
  /** URL of the administrative API. */
  readonly adminUrl: string;
  /** A new, empty database and a token with full access to it. */
  createDatabase(options?: { maxSize?: string }): Promise<{ name: string; url: string; token: string }>;
  token(name: string, claims?: { access?: 'ro' | 'rw'; expiresInSeconds?: number }): string;
  block(name: string, blocks: { reads: boolean; writes: boolean }): Promise<void>;
  deleteDatabase(name: string): Promise<void>;
  /** Redirects requests for the first database to the second one, as if its file had been replaced. */
  putInPlace(name: string, other: string): void;
  /** Applies a fault to the next requests through the proxy, after the given number of requests. */
  inject(fault: Fault, after?: number): void;
  /** Number of requests so far. */
  requests(): number;
  kill(): Promise<void>;
  /** Restarts it after a kill with its data on disk. */
  restart(): Promise<void>;
  /** Deletes its data on disk after a kill. */
  loseData(): Promise<void>;
  stop(): Promise<void>;
}

/** Forwards requests to `/ns/<name>/…` with the host name that the server derives the namespace from. */
function proxy(
  port: number,
  takeFault: (incoming: IncomingMessage) => Fault | undefined,
  route: (name: string) => { name: string; authorization?: string },
): Server {
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const fault = takeFault(incoming);
    const [, asked = '', path = ''] = /^\/ns\/([^/]+)(\/.*)$/.exec(incoming.url ?? '') ?? [];
    const { name, ...authorized } = route(asked);
    if (fault?.kind === 'stall') return incoming.resume();
    if (fault?.kind === 'refuse-token') {
      incoming.resume();
      return outgoing.writeHead(401).end('{}');
    }
    if (fault?.kind === 'answer') {
      incoming.resume();
      return outgoing
        .writeHead(fault.status, fault.retryAfter ? { 'retry-after': fault.retryAfter } : {})
        .end(fault.body ?? '{}');
    }
    const headers = { ...incoming.headers, ...authorized, host: `${name}.local` };
    const inner = request({ host: '127.0.0.1', port, path, method: incoming.method, headers }, (answer) => {
      if (fault?.kind === 'lose-answer') {
        answer.resume().on('end', () => outgoing.destroy());
        return;
      }
      if (fault?.kind === 'answer-after') {
        answer.resume().on('end', () => outgoing.writeHead(fault.status).end('upstream connect error'));
        return;
      }
      if (fault?.kind === 'rewrite') {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => outgoing.writeHead(200).end(fault.rewrite(Buffer.concat(chunks).toString())));
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    inner.on('error', () => outgoing.destroy());
    if (fault?.kind === 'overtake') {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => {
        outgoing.destroy();
        setTimeout(() => inner.end(Buffer.concat(chunks)), OVERTAKEN_FOR_MS);
      });
      return;
    }
    return incoming.pipe(inner);
  };
  return createServer(pass);
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Bucket to which a server copies its databases and its list of them, continuously. */
export interface SqldBackup {
  readonly endpoint: string;
  readonly bucket: string;
  readonly access: S3Access;
  /** Begin of the keys in the bucket. Several servers may use one bucket. */
  readonly serverName: string;
}

/** A real libSQL server on this machine behind a proxy that can inject faults. */
export async function startSqld({
  backup,
  ...options
}: Pick<SqldServerOptions, 'activeNamespaces'> & { readonly backup?: SqldBackup } = {}): Promise<SqldServer> {
  const folder = await mkdtemp(join(tmpdir(), 'objectstack-sqld-'));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const server = await startSqldServer(folder, {
    publicKey,
    ...options,
    ...(backup && bucketBackupOptions({ ...backup, ...backup.access, intervalSeconds: 1 })),
  });
  const admin = async (method: string, path: string, body?: object) => {
    const { status, body: reply } = await server.admin(method, path, body);
    if (status >= 300)
      throw new Error(`sqld answered ${status} to ${method} ${path}: ${JSON.stringify(reply)}`);
  };

  let fault: { fault: Fault; left: number; after: number } | undefined;
  let count = 0;
  const takeFault = ({ headers }: IncomingMessage) => {
    if (!fault || fault.left === 0) return undefined;
    const next = fault.fault;
    if (next.kind === 'refuse-token' && headers.authorization !== `Bearer ${next.token}`) return undefined;
    if (fault.after-- > 0) return undefined;
    fault.left--;
    return fault.fault;
  };
  const token: SqldServer['token'] = (name, { access = 'rw', expiresInSeconds = 3_600 } = {}) => {
    const exp = Math.floor(Date.now() / 1000) + expiresInSeconds;
    const content = `${base64({ alg: 'EdDSA', typ: 'JWT' })}.${base64({ id: name, a: access, exp })}`;
    return `${content}.${sign(null, Buffer.from(content), privateKey).toString('base64url')}`;
  };
  const inPlace = new Map<string, string>();
  const front = proxy(server.port, takeFault, (name) => {
    count++;
    const other = inPlace.get(name);
    return other === undefined ? { name } : { name: other, authorization: `Bearer ${token(other)}` };
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port: frontPort } = front.address() as AddressInfo;

  let databases = 0;
  return {
    urlTemplate: `http://127.0.0.1:${frontPort}/ns/{database}/`,
    adminUrl: `http://127.0.0.1:${server.adminPort}`,
    async createDatabase({ maxSize } = {}) {
      const name = `db${databases++}`;
      await admin('POST', `${name}/create`, { ...(maxSize && { max_db_size: maxSize }) });
      return { name, url: `http://127.0.0.1:${frontPort}/ns/${name}/`, token: token(name) };
    },
    token,
    block: (name, { reads, writes }) =>
      admin('POST', `${name}/config`, {
        block_reads: reads,
        block_writes: writes,
        ...(reads || writes ? { block_reason: 'suspended' } : {}),
      }),
    deleteDatabase: (name) => admin('DELETE', name),
    putInPlace: (name, other) => void inPlace.set(name, other),
    inject(next, after = 0) {
      fault = { fault: next, left: next.times, after };
    },
    requests: () => count,
    kill: server.kill,
    restart: server.restart,
    async loseData() {
      for (const name of ['data', 'backups']) await rm(join(folder, name), { recursive: true, force: true });
    },
    async stop() {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
