import { DEPLOYMENT_OPERATIONS } from './deployment-operations.js';
import type { Operation } from './operation.js';
import { RECORD_OPERATIONS } from './record-operations.js';
import { body, count, input, output, text } from './schema-reference.js';

const TENANT = '/tenants/{tenantId}';

const PROVISIONING: readonly Operation[] = [
  {
    method: 'IProvisioningService.provisionTenant',
    verb: 'post',
    path: '/tenants',
    body: input('TenantProvisioningRequest'),
    answer: output('TenantProvisioningResult'),
  },
  { method: 'IProvisioningService.destroyTenant', verb: 'delete', path: TENANT },
  {
    method: 'IProvisioningService.getTenantStatus',
    verb: 'get',
    path: `${TENANT}/status`,
    answer: input('TenantProvisioningStatus'),
  },
  { method: 'IProvisioningService.suspendTenant', verb: 'post', path: `${TENANT}/suspend` },
  { method: 'IProvisioningService.resumeTenant', verb: 'post', path: `${TENANT}/resume` },
  {
    method: 'IProvisioningService.migrateTenantPlan',
    verb: 'put',
    path: `${TENANT}/plan`,
    body: input('TenantPlan'),
  },
];

const ROUTING: readonly Operation[] = [
  {
    method: 'ITenantRouter.resolveTenant',
    verb: 'post',
    path: '/sessions/resolve',
    query: { 'tenantId?': text },
    body: input('AuthSession'),
    answer: output('TenantRuntimeContext'),
  },
];

const QUOTAS: readonly Operation[] = [
  {
    method: 'IQuotaService.getUsage',
    verb: 'get',
    path: `${TENANT}/usage`,
    answer: output('TenantUsage'),
  },
  {
    method: 'IQuotaService.checkQuota',
    verb: 'get',
    path: `${TENANT}/quotas/{quota}`,
    places: { quota: input('TenantQuotaName') },
    query: { requested: count },
    answer: output('QuotaEnforcementResult'),
  },
];

const APPS: readonly Operation[] = [
  {
    method: 'IAppLifecycleService.checkCompatibility',
    verb: 'post',
    path: `${TENANT}/apps/check`,
    body: input('AppManifest'),
    answer: output('AppCompatibilityCheck'),
  },
  {
    method: 'IAppLifecycleService.installApp',
    verb: 'post',
    path: `${TENANT}/apps`,
    body: body({ manifest: input('AppManifest'), config: { type: 'object' } }),
    answer: output('AppInstallResult'),
  },
  {
    method: 'IAppLifecycleService.upgradeApp',
    verb: 'put',
    path: `${TENANT}/apps/{appId}`,
    body: input('AppManifest'),
    answer: output('AppInstallResult'),
  },
  { method: 'IAppLifecycleService.uninstallApp', verb: 'delete', path: `${TENANT}/apps/{appId}` },
];

/** Every method that a service exposes, in the order of the document. */
export const OPERATIONS: readonly Operation[] = [
  ...PROVISIONING,
  ...ROUTING,
  ...QUOTAS,
  ...DEPLOYMENT_OPERATIONS,
  ...APPS,
  ...RECORD_OPERATIONS,
];
