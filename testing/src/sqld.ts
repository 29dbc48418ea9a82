import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const STARTS_WITHIN_MS = 20_000;
const OVERTAKEN_FOR_MS = 300;

/** Faults of the proxy for the next requests. */
type Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly times: number; readonly retryAfter?: string }
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
  stop(): Promise<void>;
}

/** Path of the server's binary for this platform. Throws if there is none. */
function binary(): string {
  const platform = `@sqld/${process.platform}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromSqld = createRequire(fromHere.resolve('sqld/package.json'));
    const path = join(dirname(fromSqld.resolve(`${platform}/package.json`)), 'sqld');
    if (existsSync(path)) return path;
  } catch {}
  throw new Error(
    `The tests need a libSQL server, and the package sqld has none for this platform (${platform}).`,
  );
}

async function freePort(): Promise<number> {
  const server = createSocketServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function admin(port: number, method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/namespaces/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`sqld answered ${response.status} to ${method} ${path}: ${await response.text()}`);
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
        .end('{}');
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

async function waitUntilReady(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + STARTS_WITHIN_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const isReady = await fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await delay(20);
  }
  throw new Error(`sqld did not start (exit code ${child.exitCode}).`);
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A real libSQL server on this machine behind a proxy that can inject faults. */
export async function startSqld(): Promise<SqldServer> {
  const folder = await mkdtemp(join(tmpdir(), 'objectstack-sqld-'));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyFile = join(folder, 'key.pem');
  await writeFile(keyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  const [port, adminPort] = [await freePort(), await freePort()];
  const run = () =>
    spawn(
      binary(),
      [
        ...['--db-path', join(folder, 'data')],
        ...['--http-listen-addr', `127.0.0.1:${port}`],
        ...['--admin-listen-addr', `127.0.0.1:${adminPort}`],
        ...['--enable-namespaces', '--auth-jwt-key-file', keyFile, '--no-welcome'],
        ...['--max-active-namespaces', '5000'],
      ],
      { stdio: 'ignore', cwd: folder },
    );
  let child = run();
  const stopWithParent = () => child.kill('SIGKILL');
  process.once('exit', stopWithParent);
  await waitUntilReady(port, child);

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
  const front = proxy(port, takeFault, (name) => {
    count++;
    const other = inPlace.get(name);
    return other === undefined ? { name } : { name: other, authorization: `Bearer ${token(other)}` };
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port: frontPort } = front.address() as AddressInfo;

  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  let databases = 0;
  return {
    async createDatabase({ maxSize } = {}) {
      const name = `db${databases++}`;
      await admin(adminPort, 'POST', `${name}/create`, { ...(maxSize && { max_db_size: maxSize }) });
      return { name, url: `http://127.0.0.1:${frontPort}/ns/${name}/`, token: token(name) };
    },
    token,
    block: (name, { reads, writes }) =>
      admin(adminPort, 'POST', `${name}/config`, {
        block_reads: reads,
        block_writes: writes,
        ...(reads || writes ? { block_reason: 'suspended' } : {}),
      }),
    deleteDatabase: (name) => admin(adminPort, 'DELETE', name),
    putInPlace: (name, other) => void inPlace.set(name, other),
    inject(next, after = 0) {
      fault = { fault: next, left: next.times, after };
    },
    requests: () => count,
    kill,
    async restart() {
      child = run();
      await waitUntilReady(port, child);
    },
    async stop() {
      process.off('exit', stopWithParent);
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
