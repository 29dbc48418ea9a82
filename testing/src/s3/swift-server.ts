import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createBucket } from './create-bucket.js';
import type { S3Access } from './refuse-request.js';

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

/** Writes the rings, which map objects to the servers that store them, and checks that files can have attributes. */
const PREPARE = `
import os, sys
from swift.common.ring import RingBuilder
folder, ports = sys.argv[1], sys.argv[2:]
os.setxattr(os.path.join(folder, 'srv'), 'user.swift', b'1')
for name, port in zip(('account', 'container', 'object'), ports):
    builder = RingBuilder(4, 1, 0)
    builder.add_dev(dict(id=0, region=1, zone=1, ip='127.0.0.1', port=int(port), replication_ip='127.0.0.1',
                         replication_port=int(port), device='d1', weight=1, meta=''))
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, 'etc', name + '.ring.gz'))
`;

export interface SwiftServer {
  readonly endpoint: string;
  readonly access: S3Access;
  createBucket(bucket: string): Promise<void>;
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
async function waitUntilReady(ports: readonly number[], children: readonly ChildProcess[]): Promise<void> {
  const deadline = performance.now() + STARTS_WITHIN_MS;
  while (performance.now() < deadline && children.every(({ exitCode }) => exitCode === null)) {
    const areAnswered = await Promise.all(
      ports.map((port) => isAnswered(`http://127.0.0.1:${port}/healthcheck`)),
    );
    if (areAnswered.every(Boolean)) return;
    await delay(50);
  }
  throw new Error('OpenStack Swift did not start.');
}

async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

/** Starts Swift in a folder of its own. {@link whyNoSwift} says whether that is possible. */
export async function startSwift(): Promise<SwiftServer> {
  const folder = await mkdtemp(join(tmpdir(), 'objectstack-swift-'));
  await mkdir(join(folder, 'etc'));
  await mkdir(join(folder, 'srv/node/d1'), { recursive: true });
  const ports = await Promise.all(SERVERS.map(freePort));
  const port = await freePort();
  execFileSync(PYTHON, ['-c', PREPARE, folder, ...ports.map(String)], { stdio: 'pipe' });
  const file = (name: string) => join(folder, 'etc', name);
  await writeFile(file('swift.conf'), SWIFT_CONFIG);
  for (const [index, name] of SERVERS.entries())
    await writeFile(file(`${name}-server.conf`), serverConfig(folder, name, ports[index] ?? 0));
  await writeFile(file('proxy-server.conf'), proxyConfig(folder, port));
  const children = [...SERVERS, 'proxy'].map((name) =>
    spawn(PYTHON, [`${PROGRAMS}/swift-${name}-server`, file(`${name}-server.conf`)], { stdio: 'ignore' }),
  );
  const killAll = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', killAll);
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await stopAll(children);
    process.off('exit', killAll);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady([...ports, port], children);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, access: ACCESS, createBucket: (bucket) => createBucket(endpoint, ACCESS, bucket), stop };
}
