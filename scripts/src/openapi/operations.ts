import { DEPLOYMENT_OPERATIONS } from './deployment-operations.js';
import type { Operation } from './operation.js';
import { RECORD_OPERATIONS } from './record-operations.js';
import { body, count, input, output, PAGE_QUERY, text } from './schema-reference.js';

const TENANT = '/tenants/{tenantId}';

const PROVISIONING: readonly Operation[] = [
  {
    method: 'IProvisioningService.provisionTenant',
    verb: 'post',
    path: '/tenants',
    body: input('TenantProvisioningRequest'),
    answer: output('TenantProvisioningResult'),
  },
  {
    method: 'ITenantService.list',
    operationId: 'listTenants',
    verb: 'get',
    path: '/tenants',
    query: { 'organizationId?': text, 'status?': input('TenantProvisioningStatus'), ...PAGE_QUERY },
    answer: output('TenantPage'),
  },
  {
    method: 'ITenantService.get',
    operationId: 'getTenant',
    verb: 'get',
    path: TENANT,
    answer: output('TenantDetails'),
  },
  {
    method: 'ITenantService.audit',
    operationId: 'listAuditEntries',
    verb: 'get',
    path: `${TENANT}/audit`,
    query: PAGE_QUERY,
    answer: output('AuditPage'),
  },
  {
    method: 'ITenantService.setSlug',
    operationId: 'setTenantSlug',
    verb: 'put',
    path: `${TENANT}/slug`,
    body: body({ slug: { anyOf: [input('TenantSlug'), { type: 'null' }] } }),
    answer: output('Tenant'),
  },
  {
    method: 'ITenantService.setHostnames',
    operationId: 'setTenantHostnames',
    verb: 'put',
    path: `${TENANT}/hostnames`,
    body: body({ hostnames: input('TenantHostnames') }),
    answer: output('Tenant'),
  },
  {
    method: 'ITenantService.setQuotas',
    operationId: 'setTenantQuotas',
    verb: 'put',
    path: `${TENANT}/quotas`,
    body: input('TenantQuotaOverrides'),
    answer: output('Tenant'),
  },
  {
    method: 'ITenantService.addMember',
    operationId: 'addTenantMember',
    verb: 'put',
    path: `${TENANT}/members/{userId}`,
    query: { 'reservationId?': text },
    answer: { type: 'object', properties: { added: { type: 'boolean' } }, required: ['added'] },
  },
  {
    method: 'ITenantService.removeMember',
    operationId: 'removeTenantMember',
    verb: 'delete',
    path: `${TENANT}/members/{userId}`,
    answer: { type: 'object', properties: { removed: { type: 'boolean' } }, required: ['removed'] },
  },
  {
    method: 'ITenantService.listMembers',
    operationId: 'listTenantMembers',
    verb: 'get',
    path: `${TENANT}/members`,
    query: PAGE_QUERY,
    answer: output('TenantMemberPage'),
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
    query: { requested: count, 'object?': text },
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
  {
    method: 'IAppService.list',
    operationId: 'listApps',
    verb: 'get',
    path: `${TENANT}/apps`,
    answer: { type: 'array', items: output('InstalledApp') },
  },
  {
    method: 'IAppService.get',
    operationId: 'getApp',
    verb: 'get',
    path: `${TENANT}/apps/{appId}`,
    answer: output('InstalledApp'),
  },
  {
    method: 'IAppService.getManifest',
    operationId: 'getAppManifest',
    verb: 'get',
    path: `${TENANT}/apps/{appId}/manifest`,
    answer: input('AppManifest'),
  },
  {
    method: 'IAppService.install',
    operationId: 'installAppFromRegistry',
    verb: 'post',
    path: '/app-installations',
    body: input('AppInstallRequest'),
    answer: output('AppInstallResult'),
  },
  {
    method: 'IAppService.previewUninstall',
    operationId: 'previewUninstallApp',
    verb: 'get',
    path: `${TENANT}/apps/{appId}/uninstall-preview`,
    answer: output('AppUninstallPreview'),
  },
  {
    method: 'IAppService.listArchives',
    operationId: 'listAppArchives',
    verb: 'get',
    path: `${TENANT}/app-archives`,
    answer: { type: 'array', items: output('AppArchive') },
  },
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
