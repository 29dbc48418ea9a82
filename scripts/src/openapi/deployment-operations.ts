import type { Operation } from './operation.js';
import { body, input, listOf, output, PAGE_QUERY, text } from './schema-reference.js';

const TENANT = '/tenants/{tenantId}';

const PIPELINE: readonly Operation[] = [
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
    method: 'IDeploymentService.deploy',
    verb: 'post',
    path: `${TENANT}/deploy`,
    body: body({
      bundle: input('DeployBundle'),
      'allow?': listOf(text),
      'environment?': input('SeedEnvironment'),
    }),
    answer: output('DeployResult'),
  },
  {
    method: 'IDeployPipelineService.rollbackDeployment',
    verb: 'post',
    path: `${TENANT}/deployments/{deploymentId}/rollback`,
    answer: output('RollbackResult'),
  },
  {
    method: 'IDeploymentService.list',
    operationId: 'listDeployments',
    verb: 'get',
    path: `${TENANT}/deployments`,
    query: PAGE_QUERY,
    answer: output('DeploymentPage'),
  },
  {
    method: 'IDeploymentService.get',
    operationId: 'getDeployment',
    verb: 'get',
    path: `${TENANT}/deployments/{deploymentId}`,
    answer: output('DeploymentRecord'),
  },
  {
    method: 'IDeploymentService.latest',
    operationId: 'latestDeployment',
    verb: 'get',
    path: `${TENANT}/latest-deployment`,
    answer: { anyOf: [output('DeploymentRecord'), { type: 'null' }] },
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
    method: 'ISchemaDiffService.findDrift',
    verb: 'get',
    path: `${TENANT}/schema/drift`,
    answer: listOf(output('Drift')),
  },
  {
    method: 'ISchemaDiffService.planRollback',
    verb: 'get',
    path: `${TENANT}/schema/rollback-plan`,
    query: { 'deploymentId?': text },
    answer: output('MigrationPlan'),
  },
];

/** Operations on bundles, plans and deployments, and their schemas. */
export const DEPLOYMENT_OPERATIONS: readonly Operation[] = [...PIPELINE, ...SCHEMAS];
