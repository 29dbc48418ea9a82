import type { Runtime } from '@objectstack/runtime';
import { VERSION_1 } from './releases.js';

/** Number of tenants with two contacts that have the same address. */
export const VIOLATING = 3;

/** Provisions tenants that start at the first release, each with contacts. Returns their ids. */
export async function openFleet(
  { fleet, provisioning, router }: Runtime,
  tenants: number,
): Promise<string[]> {
  await fleet.createRelease(VERSION_1, { name: '1' });
  await fleet.setChannel('stable', '1');
  const tenantIds: string[] = [];
  for (let index = 0; index < tenants; index++) {
    const { tenantId } = await provisioning.provisionTenant({ orgId: `customer-${index}` });
    const driver = await router.getTenantClient(tenantId);
    const names = index < VIOLATING ? ['Ada', 'Ada again'] : ['Ada'];
    await driver.bulkCreate(
      'contact',
      names.map((name) => ({ name, email: 'ada@example.com' })),
    );
    tenantIds.push(tenantId);
  }
  return tenantIds;
}
