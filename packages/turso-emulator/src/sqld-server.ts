import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';

const STARTS_WITHIN_MS = 20_000;
/** Another process may take a port before the server has it. */
const STARTS = 5;

const USUAL_DESCRIPTORS = 1_024;
const DESCRIPTORS_FOR_OTHERS = 256;
/** Measured: 4 for a namespace that was created, up to 13 for one with connections. */
const DESCRIPTORS_PER_NAMESPACE = 16;
const MOST_ACTIVE = 5_000;
const FEWEST_ACTIVE = 16;

/**
 * Number of namespaces that the server keeps open. Without free descriptors it does not answer any more; it opens one that it
 * closed again when it is used.
 */
function mostActiveNamespaces(): number {
  let descriptors = USUAL_DESCRIPTORS;
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    descriptors = Number(/Max open files\s+(\d+)/.exec(limits)?.[1] ?? USUAL_DESCRIPTORS);
  } catch {}
  const active = Math.floor((descriptors - DESCRIPTORS_FOR_OTHERS) / DESCRIPTORS_PER_NAMESPACE);
  return Math.min(MOST_ACTIVE, Math.max(FEWEST_ACTIVE, active));
}

/** Path of the server's binary for this platform. Throws if there is none. */
function binary(): string {
  const platform = `@sqld/${process.platform}-${process.arch}`;
  try {
    const fromSqld = createRequire(createRequire(import.meta.url).resolve('sqld/package.json'));
    const path = join(dirname(fromSqld.resolve(`${platform}/package.json`)), 'sqld');
    if (existsSync(path)) return path;
  } catch {}
  throw new Error(`The package sqld has no libSQL server for this platform (${platform}).`);
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Whether the server answers; false if it has ended, as it does if one of its ports is in use. */
async function isServing(port: number, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + STARTS_WITHIN_MS;
  while (performance.now() < deadline && !hasEnded(child)) {
    const isReady = await fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    // A process that has ended did not answer: the port is another server's.
    if (isReady) return !hasEnded(child);
    await delay(20);
  }
  return false;
}

interface AdminAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A libSQL server with namespaces on this machine. */
export interface SqldServer {
  /** Port of the databases; the first label of the Host header is the namespace. */
  readonly port: number;
  /** Port of the administrative API. */
  readonly adminPort: number;
  /** Sends a request to the administrative API, below `/v1/namespaces/`. */
  admin(method: string, path: string, body?: object): Promise<AdminAnswer>;
  /** Kills the process, as a crash would. Its data stays on disk. */
  kill(): Promise<void>;
  /** Starts it after a kill, on the same ports and with the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface SqldServerOptions {
  /** Verifies the tokens of namespaces without a key of their own. By default, no token opens them. */
  readonly publicKey?: KeyObject;
  /** Number of namespaces that the server keeps open. By default, as many as its file descriptors permit. */
  readonly activeNamespaces?: number;
  /** Further arguments of the program. */
  readonly args?: readonly string[];
  /** Further environment variables of the program. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a libSQL server with its data in a directory, on free ports of 127.0.0.1. It ends with this process. */
export async function startSqldServer(
  directory: string,
  {
    publicKey = generateKeyPairSync('ed25519').publicKey,
    activeNamespaces = mostActiveNamespaces(),
    args = [],
    env = {},
  }: SqldServerOptions = {},
): Promise<SqldServer> {
  await mkdir(directory, { recursive: true });
  const keyFile = join(directory, 'key.pem');
  await writeFile(keyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  const run = (port: number, adminPort: number) =>
    spawn(
      binary(),
      [
        ...['--db-path', join(directory, 'data')],
        ...['--http-listen-addr', `127.0.0.1:${port}`],
        ...['--admin-listen-addr', `127.0.0.1:${adminPort}`],
        ...['--enable-namespaces', '--auth-jwt-key-file', keyFile, '--no-welcome'],
        ...['--max-active-namespaces', String(activeNamespaces)],
        ...args,
      ],
      { stdio: 'ignore', cwd: directory, env: { ...process.env, ...env } },
    );
  let child: ChildProcess | undefined;
  const endWithParent = () => child?.kill('SIGKILL');
  process.once('exit', endWithParent);
  const start = async (port: number, adminPort: number) => {
    child = run(port, adminPort);
    if (await isServing(port, child)) return true;
    await end(child);
    return false;
  };
  const failure = () => {
    process.off('exit', endWithParent);
    return new Error(`The libSQL server did not start (exit code ${child?.exitCode}).`);
  };

  let [port, adminPort] = [await freePort(), await freePort()];
  for (let starts = 1; !(await start(port, adminPort)); starts++) {
    if (starts === STARTS) throw failure();
    [port, adminPort] = [await freePort(), await freePort()];
  }
  const kill = async () => {
    if (child) await end(child);
  };
  return {
    port,
    adminPort,
    async admin(method, path, body = {}) {
      const response = await fetch(`http://127.0.0.1:${adminPort}/v1/namespaces/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(method !== 'GET' && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    kill,
    async restart() {
      for (let starts = 1; !(await start(port, adminPort)); starts++) if (starts === STARTS) throw failure();
    },
    async stop() {
      process.off('exit', endWithParent);
      await kill();
    },
  };
}
