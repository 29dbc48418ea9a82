import { tursoLocal } from '@objectstack/driver-turso';
import { createRuntime, type Runtime } from '@objectstack/runtime';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { defineObject } from '@objectstack/spec/data';
import { assertReady, defineBundle } from '@objectstack/spec/system';

const STATES = [
  { label: 'Open', value: 'open' },
  { label: 'Done', value: 'done' },
];

export const ACCOUNT = defineObject({
  name: 'account',
  fields: {
    name: { type: 'text', required: true },
    code: { type: 'text', unique: true },
    since: { type: 'date' },
  },
});

export const TICKET = defineObject({
  name: 'ticket',
  fields: {
    subject: { type: 'text', required: true },
    account: { type: 'lookup', reference: 'account', deleteBehavior: 'restrict' },
    state: { type: 'select', options: STATES },
    hours: { type: 'number', min: 0 },
  },
});

const SHOP = defineBundle({ manifest: { version: '1.0.0' }, objects: [ACCOUNT, TICKET] });

/** A runtime with two tenants to which the application is deployed. */
export interface Shop {
  readonly os: Runtime;
  readonly tenantId: string;
  readonly otherTenantId: string;
  readonly db: IDataDriver;
}

export async function openShop(dir: string): Promise<Shop> {
  const os = await createRuntime({ dataPlane: tursoLocal({ dir }) });
  const open = async (orgId: string) => {
    const tenant = await os.provisioning.provisionTenant({ orgId });
    assertReady(tenant);
    await os.deployments.deploy(tenant.tenantId, SHOP);
    return tenant.tenantId;
  };
  const tenantId = await open('acme');
  const otherTenantId = await open('bolt');
  const db = await os.router.getTenantClient(tenantId);
  await db.bulkCreate('account', [
    { id: 'acme', name: 'Acme', code: 'A1' },
    { id: 'bolt', name: 'Bolt', code: 'B1' },
  ]);
  await db.create('ticket', { id: 't1', subject: 'Broken', account: 'acme', state: 'open' });
  return { os, tenantId, otherTenantId, db };
}
