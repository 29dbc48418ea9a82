import type { Operation } from './operation.js';
import { RECORD_OPERATIONS } from './record-operations.js';
import { body, count, input, listOf, output, text } from './schema-reference.js';

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

const DEPLOYMENTS: readonly Operation[] = [
  {
    method: 'IDeployPipelineService.validateBundle',
    verb: 'post',
    path: '/bundles/validate',
    body: {},
    answer: output('DeployValidationResult'),
  },
  {
    method: 'IDeployPipelineService.planDeployment',
    verb: 'post',
    path: `${TENANT}/deployments/plan`,
    body: input('DeployBundle'),
    answer: output('MigrationPlan'),
  },
  {
    method: 'IDeployPipelineService.executeDeployment',
    verb: 'post',
    path: `${TENANT}/deployments`,
    body: body({
      plan: input('MigrationPlan'),
      'allow?': listOf(text),
      'environment?': input('SeedEnvironment'),
    }),
    answer: output('DeployResult'),
  },
  {
    method: 'IDeployPipelineService.rollbackDeployment',
    verb: 'post',
    path: `${TENANT}/deployments/{deploymentId}/rollback`,
  },
];

const SCHEMAS: readonly Operation[] = [
  {
    method: 'ISchemaDiffService.introspect',
    verb: 'get',
    path: `${TENANT}/schema`,
    answer: output('CurrentSchema'),
  },
  {
    method: 'ISchemaDiffService.diff',
    verb: 'post',
    path: '/schemas/diff',
    body: body({
      current: input('CurrentSchema'),
      desired: listOf(input('ObjectDefinition')),
      'components?': listOf(input('Component')),
      'owner?': text,
    }),
    answer: output('DeployDiff'),
  },
  {
    method: 'ISchemaDiffService.runPreflight',
    verb: 'post',
    path: `${TENANT}/schema/preflight`,
    body: input('MigrationPlan'),
    answer: listOf(output('PreflightFinding')),
  },
  {
    method: 'ISchemaDiffService.planRollback',
    verb: 'get',
    path: `${TENANT}/schema/rollback-plan`,
    query: { 'deploymentId?': text },
    answer: output('MigrationPlan'),
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
  ...DEPLOYMENTS,
  ...SCHEMAS,
  ...APPS,
  ...RECORD_OPERATIONS,
];
