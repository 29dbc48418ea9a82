/**
 * Test suites for implementations of the contracts, under any test runner.
 * @module
 */
export * from './app-lifecycle/describe-app-lifecycle-service.js';
export * from './bundle-store/describe-bundle-store.js';
export * from './data-driver/data-driver-capabilities.js';
export * from './data-driver/describe-data-driver.js';
export type { DriverSettings } from './data-driver/driver-trial.js';
export * from './fleet-service/describe-fleet-service.js';
export type { Requirement } from './kit/check.js';
export * from './kit/collect-failures.js';
export * from './kit/show.js';
export type { TestRunner } from './kit/test-runner.js';
export * from './provisioning/describe-provisioning-service.js';
export * from './quota-service/describe-quota-service.js';
export * from './schema-diff/describe-schema-diff-service.js';
export * from './secret-sealer/describe-secret-sealer.js';
export * from './tenant-registry/describe-tenant-registry.js';
export * from './tenant-router/describe-tenant-router.js';
export * from './turso-platform/describe-turso-platform-service.js';
