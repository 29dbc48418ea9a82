import { expect } from 'vitest';
import type { openTenant } from './deploy-plane.js';

type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** Longer than a lease and the most that clocks may differ. */
export const LEASE_MS = 16 * 60_000;

/** Versions of the registry's records with their statuses; of the rollbacks too. */
export const recorded = async ({ registry, tenantId }: Tenant) =>
  (await registry.listDeployments(tenantId))
    .map(
      ({ bundleVersion, rollbackOf, status }) => `${bundleVersion}${rollbackOf ? ' rollback' : ''} ${status}`,
    )
    .sort();

/** All that a process that was overtaken must leave as it is. */
export async function factsOf({ driver, registry, tenantId, dataPlane }: Tenant) {
  await driver.refresh();
  const all = { system: true };
  return {
    history: (await dataPlane.schemaDiff.readHistory(driver)).map(({ id, rolledBackBy }) => [
      id,
      rolledBackBy,
    ]),
    items: await driver.find('item'),
    tags: await driver.find('tag'),
    progress: await driver.find('_os_seed', {}, all).catch(({ code }) => code),
    kept: (await driver.execute('SELECT id, deployment, expires_at FROM _os_undo')).rows,
    records: (await registry.listDeployments(tenantId)).map(
      ({ revision: _, updatedAt: _at, ...record }) => record,
    ),
  };
}

/** Registry, reports and history tell the same, and nothing waits to be settled. */
export async function expectSettled({ deployments, registry, tenantId, clock, provisioning }: Tenant) {
  const stored = (await registry.listDeployments(tenantId)).map(({ revision: _, ...record }) => record);
  expect((await deployments.list(tenantId)).items).toEqual(stored);
  clock.advance(LEASE_MS);
  expect(await deployments.sweep()).toEqual({ settled: [], problems: [] });
  expect(await provisioning.inspectTenants()).toEqual([]);
}
