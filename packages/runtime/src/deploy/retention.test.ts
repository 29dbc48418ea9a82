import { describe, expect, it } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';

const DAY_MS = 86_400_000;
const name = { type: 'text', unique: true } as const;
const BEFORE = bundleOf({
  objects: [objectOf('plan', { name, price: { type: 'number' }, note: { type: 'text' } })],
});
/** Removes a field; its seed removes one record and overwrites another. */
const AFTER = bundleOf(
  {
    objects: [objectOf('plan', { name, price: { type: 'number' } })],
    seedData: [{ object: 'plan', mode: 'replace', records: [{ name: 'pro', price: 2 }] }],
  },
  '2.0.0',
);
const ALLOW = { allow: ['remove_field:plan.note', 'replace_records:plan'] };

/** Retention of everything that a deployment and its rollback remove or overwrite, in days. */
async function retainedDays(retentionDays: number | undefined) {
  const tenant = await openTenant();
  const deployments = createDeployPipeline({ ...tenant, environment: 'prod', retentionDays });
  const plane = { ...tenant, deployments };
  await deploy(plane, BEFORE);
  await tenant.driver.create('plan', { name: 'own', price: 1, note: 'n' });
  await tenant.driver.create('plan', { name: 'pro', price: 1, note: 'n' });
  const daysOf = async (table: string) => {
    const { rows } = await tenant.driver.execute(`SELECT created_at, expires_at FROM ${table}`);
    return rows.map(
      (row) => (Date.parse(String(row.expires_at)) - Date.parse(String(row.created_at))) / DAY_MS,
    );
  };
  const { deploymentId } = await deploy(plane, AFTER, ALLOW);
  const deployed = { records: await daysOf('_os_seed_kept'), fields: await daysOf('_os_undo') };
  await deployments.rollbackDeployment(tenant.tenantId, deploymentId);
  const records = await tenant.registry.listDeployments(tenant.tenantId);
  const { id = '' } = records.find(({ rollbackOf }) => rollbackOf) ?? {};
  await deployments.rollbackDeployment(tenant.tenantId, id);
  return { ...deployed, redone: await daysOf('_os_undo') };
}

describe('retentionDays', () => {
  it.each([
    [undefined, 7],
    [30, 30],
    [0.5, 0.5],
  ])('of %s retains fields and records of seeds alike for %s days', async (retentionDays, days) => {
    const { records, fields, redone } = await retainedDays(retentionDays);
    expect(records).toEqual([days, days]);
    expect(fields).toEqual([days]);
    expect(new Set(redone)).toEqual(new Set([days]));
  });
});
