import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { CRM_1, CRM_2 } from '../sample-bundles.js';
import type { FaultProcess } from './fault-process.js';

export const REQUEST = { orgId: 'acme', requestKey: 'signup' } as const;

/** Status before a verb. `none`: there is no tenant. */
export type StartState = TenantProvisioningStatus | 'none';

export interface Verb {
  readonly name: string;
  /** States that the verb starts from, with the status that it leads to. */
  readonly states: Readonly<Partial<Record<StartState, TenantProvisioningStatus>>>;
  /** What is there before, beside the status: nothing counted fails here. */
  readonly prepare?: (process: FaultProcess, tenantId: string) => Promise<void>;
  /** The call, which may be repeated. */
  readonly call: (process: FaultProcess, tenantId: string) => Promise<unknown>;
  readonly plan?: string;
  /** Whether the processes prepare databases for tenants. */
  readonly hasPool?: boolean;
  /** Version of the bundle in the tenant's history that is in effect at the end. */
  readonly bundleVersion?: string;
}

const deployBundle = async ({ deployments }: FaultProcess, tenantId: string, bundle: typeof CRM_1) =>
  deployments.deploy(tenantId, bundle);

async function rollBackLatest({ deployments }: FaultProcess, tenantId: string): Promise<void> {
  const { items: records } = await deployments.list(tenantId);
  const second = records.find(({ bundleVersion, rollbackOf }) => bundleVersion === '2.0.0' && !rollbackOf);
  const isDone = records.some(({ rollbackOf, status }) => rollbackOf === second?.id && status === 'ready');
  if (!isDone) await deployments.rollbackDeployment(tenantId, second?.id ?? '');
}

export const VERBS: readonly Verb[] = [
  {
    name: 'provision',
    states: { none: 'active', provisioning: 'active', failed: 'active' },
    call: ({ provisioning }) => provisioning.provisionTenant(REQUEST),
  },
  {
    name: 'register from the pool',
    states: { none: 'active' },
    hasPool: true,
    call: async ({ provisioning, fillPool }) => {
      await fillPool();
      return provisioning.provisionTenant(REQUEST);
    },
  },
  {
    name: 'suspend',
    states: { active: 'suspended', suspended: 'suspended' },
    call: ({ provisioning }, tenantId) => provisioning.suspendTenant(tenantId),
  },
  {
    name: 'resume',
    states: { suspended: 'active', active: 'active' },
    call: ({ provisioning }, tenantId) => provisioning.resumeTenant(tenantId),
  },
  {
    name: 'destroy',
    states: {
      provisioning: 'destroying',
      active: 'destroying',
      suspended: 'destroying',
      failed: 'destroying',
      destroying: 'destroying',
    },
    call: ({ provisioning }, tenantId) => provisioning.destroyTenant(tenantId),
  },
  {
    name: 'recover',
    states: { destroying: 'active' },
    call: ({ provisioning }, tenantId) => provisioning.recoverTenant(tenantId),
  },
  {
    name: 'migrate plan',
    states: { active: 'active', suspended: 'suspended' },
    call: ({ provisioning }, tenantId) => provisioning.migrateTenantPlan(tenantId, 'pro'),
    plan: 'pro',
  },
  {
    name: 'deploy',
    states: { active: 'active' },
    prepare: async (process, tenantId) => void (await deployBundle(process, tenantId, CRM_1)),
    call: (process, tenantId) => deployBundle(process, tenantId, CRM_2),
    bundleVersion: '2.0.0',
  },
  {
    name: 'roll back',
    states: { active: 'active' },
    prepare: async (process, tenantId) => {
      await deployBundle(process, tenantId, CRM_1);
      await deployBundle(process, tenantId, CRM_2);
    },
    call: rollBackLatest,
    bundleVersion: '1.0.0',
  },
];
