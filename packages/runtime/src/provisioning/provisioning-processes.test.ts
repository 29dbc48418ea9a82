import { tursoLocal } from '@objectstack/driver-turso';
import { TenantProvisioningResultSchema } from '@objectstack/spec/system';
import { isSampled, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { openControlPlane } from '../../test/control-plane.js';
import { ManualClock } from '../../test/manual-clock.js';
import type { ProvisionChildInput } from '../../test/provision-child.js';
import { runChild } from '../../test/run-child.js';
import { LEASE_MS } from './provisioning-lease.js';

const REQUEST = { orgId: 'acme', requestKey: 'signup-1' };
const TIMEOUT_MS = 120_000;

const provisionInChild = (dir: string, state: Partial<ProvisionChildInput> = {}) =>
  runChild('./provision-child.ts', {
    dir,
    request: REQUEST,
    killAt: -1,
    ...state,
  } satisfies ProvisionChildInput);

/**
 * Before the first effect and after each one, of databases that are created with a marker and without: every state that a
 * killed process can leave, or a sample.
 */
const STATES = [
  { isUnmarked: false, effects: 4 },
  { isUnmarked: true, effects: 5 },
]
  .flatMap(({ isUnmarked, effects }) =>
    [0, ...Array.from({ length: effects }, (_, effect) => 2 * effect + 1)].map((killAt) => ({
      isUnmarked,
      killAt,
    })),
  )
  .filter((_, index) => isSampled(index, 4));

async function provisionAndCount(dir: string) {
  const clock = new ManualClock();
  clock.advance(LEASE_MS);
  const { provisioning, registry, dataPlane, router } = await openControlPlane({ dir, clock });
  const { status, tenantId } = await provisioning.provisionTenant(REQUEST);
  const markers = await (await router.getTenantClient(tenantId)).find('_os_tenant', {}, { system: true });
  return {
    status,
    tenants: (await registry.listTenants('acme')).length,
    databases: (await dataPlane.platform.listDatabases()).length,
    marked: markers.length === 1 && markers[0]?.id === tenantId,
  };
}

describe('provisionTenant across processes', () => {
  it('creates one tenant and one database for two concurrent processes with one request key', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const dir = await temporaryFolder();
    const outcomes = await Promise.all([provisionInChild(dir), provisionInChild(dir)]);
    expect(outcomes.map(({ stderr }) => stderr)).toEqual(['', '']);
    const results = outcomes.map(({ stdout }) => TenantProvisioningResultSchema.parse(JSON.parse(stdout)));
    expect(results.map(({ status }) => status)).toEqual(['active', 'active']);
    expect(results[0]?.tenantId).toBe(results[1]?.tenantId);
    const local = tursoLocal({ dir });
    expect(await local.platform.listDatabases()).toHaveLength(1);
    await local.close();
  });

  it('is completed by a retry after a kill at any step boundary', { timeout: TIMEOUT_MS }, async () => {
    const outcomes = STATES.map(async (state) => {
      const dir = await temporaryFolder();
      const { signal, stdout } = await provisionInChild(dir, state);
      expect(signal, stdout).toBe('SIGKILL');
      return provisionAndCount(dir);
    });
    const finished = { status: 'active', tenants: 1, databases: 1, marked: true };
    expect(await Promise.all(outcomes)).toEqual(STATES.map(() => finished));
  });
});
