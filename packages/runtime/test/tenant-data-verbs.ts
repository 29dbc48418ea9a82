import { DEFAULT_LIFECYCLE } from '../src/provisioning/provisioning-service.js';
import { quotasOfPlans } from '../src/quota/with-plan-quotas.js';
import {
  createTenantDataService,
  type TenantDataService,
} from '../src/tenant-data/create-tenant-data-service.js';
import { type DeployPlane, openTenant } from './deploy-plane.js';
import { CallFaults, faultyTenantParts } from './tenant-data-faults.js';
import { linesOf, MASKED_SHOP } from './tenant-data-plane.js';
import { withEarlierStates } from './with-earlier-states.js';

const DAY_MS = 86_400_000;

/** The service on the parts of a plane, with a fault. */
export function tenantDataOn(
  { registry, dataPlane, bundles, router, clock }: DeployPlane,
  faults = new CallFaults(),
): TenantDataService {
  return createTenantDataService({
    ...faultyTenantParts({ registry, dataPlane }, faults),
    bundles,
    router,
    clock,
    environment: 'prod',
    lifecycle: DEFAULT_LIFECYCLE,
    planQuotas: quotasOfPlans(),
    backupRetentionMs: DAY_MS,
  });
}

export interface FaultTenant extends DeployPlane {
  readonly tenantId: string;
  readonly backupId: string;
  /** A time at which the data plane kept the states of all databases. */
  readonly at: string;
  readonly archive: readonly string[];
}

/** A tenant with one record, a backup and an archive. */
export async function openFaultTenant(): Promise<FaultTenant> {
  const tenant = await openTenant();
  const { deployments, tenantId } = tenant;
  await deployments.deploy(tenantId, MASKED_SHOP);
  const driver = await tenant.router.getTenantClient(tenantId);
  await driver.create('ticket', { title: 'first', customer: (await driver.findOne('customer'))?.id ?? '' });
  const service = tenantDataOn(tenant);
  const { id: backupId } = await service.backupTenant(tenantId, { retentionDays: null });
  const { dataPlane, keep } = withEarlierStates(tenant.dataPlane, tenant);
  tenant.clock.advance(DAY_MS);
  await keep();
  const at = tenant.clock.now().toISOString();
  return { ...tenant, dataPlane, at, backupId, archive: await linesOf(service.exportTenant(tenantId)) };
}

type Call = (service: TenantDataService, tenant: FaultTenant, requestKey: string) => Promise<unknown>;

/** Every verb, and whether it makes a tenant. */
export const TENANT_DATA_VERBS: Readonly<Record<string, { readonly call: Call; readonly creates: boolean }>> =
  {
    export: { call: (service, { tenantId }) => linesOf(service.exportTenant(tenantId)), creates: false },
    import: {
      call: (service, { archive }, requestKey) =>
        service.importTenant(archive, { orgId: 'acme', requestKey }),
      creates: true,
    },
    clone: {
      call: (service, { tenantId }, requestKey) =>
        service.cloneTenant(tenantId, { requestKey, masking: 'none' }),
      creates: true,
    },
    maskedClone: {
      call: (service, { tenantId }, requestKey) => service.cloneTenant(tenantId, { requestKey }),
      creates: true,
    },
    backup: { call: (service, { tenantId }) => service.backupTenant(tenantId), creates: false },
    restore: {
      call: (service, { tenantId, backupId }) => service.restoreTenant(tenantId, { backupId: backupId }),
      creates: false,
    },
    restoreAt: {
      call: (service, { tenantId, at }) => service.restoreTenant(tenantId, { at }),
      creates: false,
    },
    move: {
      call: (service, { tenantId }) => service.moveTenant(tenantId, { region: 'eu-west' }),
      creates: false,
    },
  };
