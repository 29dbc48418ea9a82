import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { killedAt } from '../../test/start-work.js';
import type { StopPoint } from '../../test/stop-point.js';
import { type FaultTenant, openFaultTenant, tenantDataOn } from '../../test/tenant-data-verbs.js';
import type { Work } from '../../test/work-child.js';

const TIMEOUT_MS = 240_000;
const STALE_MS = 16 * 60_000;
const EVERY = 7;

const at = (...names: string[]): StopPoint[] => names.map((name) => ({ at: name, occurrence: 1 }));
const writes = (...occurrences: number[]): StopPoint[] =>
  occurrences.map((occurrence) => ({ at: 'write', occurrence }));

const SWITCH = at(
  'after setDatabaseAccess',
  'before registry.switchDatabase',
  'after registry.switchDatabase',
);
const ADDITION = at('after claimDatabase', 'after registry.createTenantFromCopy');

/** Points at which a process is killed; the faults of every call are tested without processes. */
const CASES = [
  ['exportTenant', at('before registry.changeTenantCopy')],
  ['backupTenant', at('after registry.addTenantCopy', 'after createDatabase')],
  ['restoreTenant', SWITCH],
  ['moveTenant', [...writes(40), ...SWITCH]],
  ['cloneTenant', ADDITION],
  ['importTenant', [...writes(30), ...ADDITION]],
] as const;

const ARGUMENTS: Readonly<Record<(typeof CASES)[number][0], (tenant: FaultTenant) => readonly unknown[]>> = {
  exportTenant: ({ tenantId }) => [tenantId],
  backupTenant: ({ tenantId }) => [tenantId],
  restoreTenant: ({ tenantId, backupId }) => [tenantId, { backupId }],
  moveTenant: ({ tenantId }) => [tenantId, { region: 'eu-west' }],
  cloneTenant: ({ tenantId }) => [tenantId, { requestKey: 'one' }],
  importTenant: ({ archive }) => [archive, { orgId: 'acme', requestKey: 'one' }],
};

const points = CASES.flatMap(([method, stops]) => stops.map((stop) => ({ method, stop }))).filter(
  (_, index) => isSampled(index, EVERY),
);

describe('a process that is killed while it copies a tenant', () => {
  it.each(points)(
    'leaves nothing behind: $method, $stop.at $stop.occurrence',
    async ({ method, stop }) => {
      const tenant = await openFaultTenant();
      const { dir, tenantId, registry, dataPlane, provisioning, router, clock } = tenant;
      const work: Work = { kind: 'tenantData', method, args: ARGUMENTS[method](tenant) };
      expect(await killedAt({ dir, tenantId, work, stop })).toBe(true);
      for (let sweep = 0; sweep < 2; sweep++) {
        clock.advance(STALE_MS);
        expect((await tenantDataOn(tenant).sweep()).problems).toEqual([]);
      }
      expect((await provisioning.sweep()).problems).toEqual([]);
      const databases = [...(await registry.listTenantCopies({})), ...(await registry.listAllTenants())];
      const existing = (await dataPlane.platform.listDatabases()).map(({ name }) => name);
      expect(existing).toEqual(databases.map(({ databaseName }) => databaseName).toSorted());
      for (const { tenant: one } of await registry.listAllTenants()) {
        router.invalidateCache(one.id);
        const driver = await router.getTenantClient(one.id);
        expect(await driver.count('ticket')).toBe(1);
        await driver.create('customer', { name: 'Written' });
      }
      expect(await provisioning.inspectTenants()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
