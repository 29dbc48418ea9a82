/**
 * The ObjectStack runtime: control plane, provisioning, tenant routing and the deploy pipeline.
 * @module
 */

export {
  createFileAppRegistry,
  type FileAppRegistry,
  type FoundAppVersion,
} from './apps/create-file-app-registry.js';
export type { PublisherKey } from './apps/verify-signature.js';
export { bundleFromStack } from './bundle/bundle-from-stack.js';
export { createFileBundleStore, type FileBundleStoreOptions } from './bundle/create-file-bundle-store.js';
export { type ParseBundleOptions, parseBundle } from './bundle/text/parse-bundle.js';
export {
  type BundleFormat,
  type ParseDocumentOptions,
  parseDocument,
  type TextDocument,
  type TextPlace,
} from './bundle/text/parse-document.js';
export { validateBundle } from './bundle/validate-bundle.js';
export { createRuntime } from './create-runtime.js';
export { createDeployPipeline } from './deploy/create-deploy-pipeline.js';
export type { DeploymentService } from './deploy/deployment-service.js';
export type { BundleSweepResult } from './deploy/sweep-bundles.js';
export type { DeploymentSweepResult } from './deploy/sweep-deployments.js';
export type { RolloutSweepResult } from './fleet/sweep-rollouts.js';
export { type JoinedDataPlane, joinDataPlanes } from './planes/join-data-planes.js';
export type { AdoptTenantRequest } from './provisioning/adopt-tenant.js';
export type { BaselineTenantRequest } from './provisioning/baseline-tenant.js';
export type { TenantFinding } from './provisioning/inspect-tenants.js';
export {
  createProvisioningService,
  type ProvisioningService,
  type ProvisioningServiceOptions,
} from './provisioning/provisioning-service.js';
export type { SweepResult } from './provisioning/sweep-tenants.js';
export { createQuotaService } from './quota/create-quota-service.js';
export { createTenantRegistry } from './registry/create-tenant-registry.js';
export { createTenantRouter, type TenantRouterOptions } from './router/tenant-router.js';
export type { Runtime } from './runtime.js';
export type { ComposedRuntimeOptions, EmbeddedRuntimeOptions, RuntimeOptions } from './runtime-options.js';
export { createSecretSealer, type SecretSealerOptions } from './secret/create-secret-sealer.js';
export type { SecretKey } from './secret/secret-key.js';
export type { Clock } from './shared/clock.js';
export type { CopySweepResult } from './tenant-data/sweep-copies.js';
