import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLocalDatabase, tursoCloud, tursoLocal } from '@objectstack/driver-turso';
import type { DataPlane, ITenantRegistry } from '@objectstack/spec/contracts';
import { IS_EXHAUSTIVE, startPostgres, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createProvisioningService, createTenantRegistry } from '../src/index.js';
import { postgresRegistry } from '../src/postgres/index.js';
import { LEASE_MS } from '../src/provisioning/provisioning-lease.js';
import { ManualClock } from './manual-clock.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EMULATOR = fileURLToPath(new URL('../../turso-emulator/src/cli.ts', import.meta.url));
const VARIABLE = 'OBJECTSTACK_TEST_KILLED_EMULATOR';
/** Distance of the calls before which a server is killed. */
const EVERY = 3;
const TIMEOUT_MS = 240_000;

/** The emulator in a process group of its own, so that its libSQL server is killed with it. */
async function startEmulator(dir: string, port = 0): Promise<{ port: number; kill: () => Promise<void> }> {
  const options = ['--conditions=objectstack-source', '--import', 'tsx', EMULATOR];
  const args = [...options, '--dir', dir, '--port', String(port), '--token', 'emulated'];
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await exited;
  };
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    if (output.includes('databases:')) break;
  }
  return { port: Number(/127\.0\.0\.1:(\d+)/.exec(output)?.[1]), kill };
}

interface Server {
  readonly dataPlane: DataPlane;
  readonly registry: ITenantRegistry;
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
}

async function onEmulator(): Promise<Server> {
  const dir = await temporaryFolder();
  process.env[VARIABLE] = 'emulated';
  let running = await startEmulator(join(dir, 'emulator'));
  const { port } = running;
  onTestFinished(() => running.kill());
  const apiUrl = `http://127.0.0.1:${port}`;
  const group = { name: 'default', region: 'us-east' } as const;
  const config = { organizationSlug: 'emulator', group, platformToken: { env: VARIABLE } };
  return {
    dataPlane: tursoCloud(config, { apiUrl }),
    registry: createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') })),
    kill: () => running.kill(),
    async restart() {
      running = await startEmulator(join(dir, 'emulator'), port);
    },
  };
}

async function onPostgres(): Promise<Server> {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  return {
    dataPlane: tursoLocal({ dir: await temporaryFolder() }),
    registry: postgresRegistry({ connectionString: server.url, maxConnections: 2 }),
    kill: () => server.kill(),
    restart: () => server.restart(),
  };
}

/** Runs a function before each asynchronous call. */
function before<T extends object>(target: T, work: () => Promise<void>): T {
  return new Proxy(target, {
    get(_, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        await work();
        return Reflect.apply(member, target, args);
      };
    },
  });
}

/** Provisions while the server is killed before a call. Returns whether there was such a call. */
async function provisionThrough(
  { dataPlane, registry, kill, restart }: Server,
  at: number,
): Promise<boolean> {
  let calls = 0;
  let restarting: Promise<void> | undefined;
  const crash = async () => {
    if (calls++ !== at) return;
    await kill();
    restarting = restart();
  };
  const { claimDatabase, readTenantMarker } = before(dataPlane, crash);
  const platform = before(dataPlane.platform, crash);
  const clock = new ManualClock();
  const router = { invalidateCache: () => undefined };
  const request = { orgId: `acme-${at}`, requestKey: 'signup' };
  const first = createProvisioningService({
    registry: before(registry, crash),
    dataPlane: { ...dataPlane, platform, claimDatabase, readTenantMarker },
    router,
    clock,
  });
  await first.provisionTenant(request).catch(() => undefined);
  await restarting;
  clock.advance(LEASE_MS + 1);
  const second = createProvisioningService({ registry, dataPlane, router, clock });
  const { status, tenantId } = await second.provisionTenant(request);
  expect(status, `call ${at}`).toBe('active');
  expect((await registry.listTenants(request.orgId)).map(({ tenant }) => tenant.id)).toEqual([tenantId]);
  expect(await second.inspectTenants()).toEqual([]);
  return restarting !== undefined;
}

describe.runIf(IS_EXHAUSTIVE)('a tenant that is provisioned while a server is killed', () => {
  it.each([
    ['the emulator of Turso Cloud', onEmulator],
    ['PostgreSQL', onPostgres],
  ] as const)(
    'is completed by a retry, and nothing is lost or left over: %s',
    async (_, start) => {
      const server = await start();
      await server.registry.initialize();
      onTestFinished(() => server.registry.close());
      let runs = 0;
      for (let at = 0; await provisionThrough(server, at); at += EVERY) runs++;
      expect(runs).toBeGreaterThan(1);
      expect(await server.dataPlane.platform.listDatabases()).toHaveLength(runs + 1);
    },
    TIMEOUT_MS,
  );
});
