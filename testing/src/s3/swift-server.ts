import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startOnDemand } from '../start-on-demand.js';
import type { S3Access } from './refuse-request.js';
import { SWIFT_PROGRAM } from './swift-program.js';

/*
 * OpenStack Swift with its S3 API: a real server, from the packages of Debian. One process serves each of accounts,
 * containers and objects, and a proxy serves S3.
 */

const PYTHON = '/usr/bin/python3';
const PROGRAMS = '/usr/bin';
const SERVERS = ['account', 'container', 'object'] as const;
const STARTS_WITHIN_MS = 50_000;

/** Credentials of the user that the configuration of the proxy defines. */
const ACCESS: S3Access = { region: 'us-east-1', accessKeyId: 'test:tester', secretAccessKey: 'testing' };

const PIPELINE = 'catch_errors healthcheck cache listing_formats s3api tempauth copy slo proxy-server';

interface SwiftServer {
  readonly endpoint: string;
  readonly access: S3Access;
  stop(): Promise<void>;
}

/** Why Swift cannot be started on this machine; undefined if it can. */
export function whyNoSwift(): string | undefined {
  const missing = [...SERVERS, 'proxy'].filter((name) => !existsSync(`${PROGRAMS}/swift-${name}-server`));
  if (missing.length > 0) return `OpenStack Swift is not installed (swift-${missing[0]}-server)`;
  return process.getuid?.() === 0 ? undefined : 'OpenStack Swift is started by root only';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const serverConfig = (folder: string, name: string, port: number) => `
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
devices = ${folder}/srv/node
mount_check = false
swift_dir = ${folder}/etc
workers = 0
user = root
log_address = ${folder}/log
[pipeline:main]
pipeline = ${name}-server
[app:${name}-server]
use = egg:swift#${name}
fallocate_reserve = 0
`;

const proxyConfig = (folder: string, port: number) => `
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
swift_dir = ${folder}/etc
workers = 0
user = root
log_address = ${folder}/log
[pipeline:main]
pipeline = ${PIPELINE}
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:s3api]
use = egg:swift#s3api
location = ${ACCESS.region}
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = ${ACCESS.secretAccessKey} .admin
[filter:cache]
use = egg:swift#memcache
${['catch_errors', 'healthcheck', 'listing_formats', 'copy', 'slo'].map((name) => `[filter:${name}]\nuse = egg:swift#${name}`).join('\n')}
`;

const SWIFT_CONFIG = `
[swift-hash]
swift_hash_path_prefix = test
swift_hash_path_suffix = test
[storage-policy:0]
name = p0
default = yes
`;

const isAnswered = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Waits for every server: a proxy that answers before the others do refuses requests, also for a while after them. */
async function waitUntilReady(ports: readonly number[], program: ChildProcess): Promise<void> {
  let errors = '';
  program.stderr?.on('data', (chunk) => {
    errors += String(chunk);
  });
  const deadline = performance.now() + STARTS_WITHIN_MS;
  while (performance.now() < deadline && program.exitCode === null && program.signalCode === null) {
    const areAnswered = await Promise.all(
      ports.map((port) => isAnswered(`http://127.0.0.1:${port}/healthcheck`)),
    );
    if (areAnswered.every(Boolean)) return;
    await delay(50);
  }
  throw new Error(`OpenStack Swift did not start. ${errors}`);
}

/** Starts Swift in a folder of its own. {@link whyNoSwift} says whether that is possible. */
async function startSwift(): Promise<SwiftServer> {
  const folder = await mkdtemp(join(tmpdir(), 'objectstack-swift-'));
  await mkdir(join(folder, 'etc'));
  await mkdir(join(folder, 'srv/node/d1'), { recursive: true });
  const ports = await Promise.all(SERVERS.map(freePort));
  const port = await freePort();
  const file = (name: string) => join(folder, 'etc', name);
  await writeFile(file('swift.conf'), SWIFT_CONFIG);
  for (const [index, name] of SERVERS.entries())
    await writeFile(file(`${name}-server.conf`), serverConfig(folder, name, ports[index] ?? 0));
  await writeFile(file('proxy-server.conf'), proxyConfig(folder, port));
  // The end of this process closes the input of the program, which then ends.
  const program = spawn(PYTHON, ['-c', SWIFT_PROGRAM, folder, ...ports.map(String)], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const hasEnded = once(program, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  program.stdin.on('error', () => undefined);
  const stop = async () => {
    program.stdin.end();
    await hasEnded;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady([...ports, port], program);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, access: ACCESS, stop };
}

/** Lets the tests of a run share one server, with buckets of their own. */
export default (): Promise<() => Promise<void>> =>
  startOnDemand({
    variable: 'OBJECTSTACK_TEST_SWIFT_STARTER',
    start: startSwift,
    describe: ({ endpoint, access }) => JSON.stringify({ endpoint, access }),
  });
