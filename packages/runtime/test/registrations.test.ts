import { readdir, readlink } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { tursoLocal } from '@objectstack/driver-turso';
import { IS_EXHAUSTIVE, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRuntime } from '../src/index.js';
import type { Clock } from '../src/shared/clock.js';
import type { RegistrationChildInput, RegistrationOutcome } from './registration-child.js';
import { runChild } from './run-child.js';

const TIMEOUT_MS = 600_000;
const PROCESSES = IS_EXHAUSTIVE ? 4 : 2;

async function inChild(input: RegistrationChildInput): Promise<RegistrationOutcome> {
  const { stdout, stderr } = await runChild('./registration-child.ts', input);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

async function openRuntime(dir: string, clock?: Clock) {
  const dataPlane = tursoLocal({ dir });
  const os = await createRuntime({ dataPlane, ...(clock && { clock }) });
  onTestFinished(() => os.close());
  return { os, dataPlane };
}

const inProcesses = (input: RegistrationChildInput) =>
  Promise.all(Array.from({ length: PROCESSES }, () => inChild(input)));

describe('registrations in several processes', () => {
  const COUNT = IS_EXHAUSTIVE ? 25 : 3;

  it('with one key are one tenant with one database', { timeout: TIMEOUT_MS }, async () => {
    const dir = await temporaryFolder();
    const outcomes = await inProcesses({ dir, requestKeys: Array<string>(COUNT).fill('signup') });
    const tenants = outcomes.flatMap((outcome) => outcome.tenants);
    expect(tenants).toHaveLength(PROCESSES * COUNT);
    expect(new Set(tenants.map(({ tenantId, status }) => `${tenantId} ${status}`)).size).toBe(1);
    expect(tenants[0]?.status).toBe('active');
    const { os, dataPlane } = await openRuntime(dir);
    expect(await dataPlane.platform.listDatabases()).toHaveLength(1);
    expect(await os.provisioning.inspectTenants()).toEqual([]);
  });

  it('with different keys have a tenant each, and no database is lost', { timeout: TIMEOUT_MS }, async () => {
    const dir = await temporaryFolder();
    const requestKeys = Array.from({ length: COUNT }, (_, index) => `signup-${index}`);
    const outcomes = await Promise.all(
      Array.from({ length: PROCESSES }, (_, process) =>
        inChild({ dir, requestKeys: requestKeys.map((key) => `${key}-of-${process}`) }),
      ),
    );
    const tenants = outcomes.flatMap((outcome) => outcome.tenants);
    expect(new Set(tenants.map(({ status }) => status))).toEqual(new Set(['active']));
    expect(new Set(tenants.map(({ tenantId }) => tenantId)).size).toBe(PROCESSES * COUNT);
    const { os, dataPlane } = await openRuntime(dir);
    expect(await dataPlane.platform.listDatabases()).toHaveLength(PROCESSES * COUNT);
    expect(await os.provisioning.inspectTenants()).toEqual([]);
  });
});

describe('reservations in several processes', () => {
  it('are granted exactly up to the limit, and end when their process was killed', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const dir = await temporaryFolder();
    let passedMs = 0;
    const { os } = await openRuntime(dir, { now: () => new Date(Date.now() + passedMs) });
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme' });
    await os.tenants.setQuotas(tenantId, { maxUsers: 10 });
    const outcomes = await inProcesses({
      dir,
      reservations: { tenantId, count: IS_EXHAUSTIVE ? 50 : 8 },
      killed: true,
    });
    const codes = outcomes.flatMap(({ reserved }) => reserved);
    expect(codes.filter((code) => code === 'done')).toHaveLength(10);
    expect(new Set(codes)).toEqual(new Set(['done', 'quota_exceeded']));
    passedMs = 60_000;
    expect(await os.quotas.checkQuota(tenantId, 'maxUsers', 10)).toMatchObject({ allowed: true, usage: 0 });
    await os.quotas.reserve(tenantId, 'maxUsers', 10);
  });
});

/** Files of the folder that this process has open. */
async function openFiles(dir: string): Promise<number> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.filter((path) => path.startsWith(dir)).length;
}

/** Memory in use after a complete garbage collection, which Node.js exposes only on request. */
function usedMemory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

describe.runIf(IS_EXHAUSTIVE && process.platform === 'linux')('1,500 registrations in a row', () => {
  it('keep open no more files and little more memory than the first 1,100, after which files are closed', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const dir = await temporaryFolder();
    const { os } = await openRuntime(dir);
    const register = async (count: number) => {
      for (let index = 0; index < count; index++)
        expect((await os.provisioning.provisionTenant({ orgId: 'acme' })).status).toBe('active');
    };
    await register(1_100);
    const [files, memory] = [await openFiles(dir), usedMemory()];
    await register(400);
    expect(await openFiles(dir)).toBeLessThanOrEqual(files + 2);
    // The caches of the process are bounded by more than 1,000 tenants.
    expect(usedMemory() - memory).toBeLessThan(400 * 5_000);
  });
});
