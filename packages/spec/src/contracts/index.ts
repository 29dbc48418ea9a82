/**
 * Interfaces that services, drivers and stores implement. Types only.
 * @module
 */
export type * from './app-lifecycle-service.js';
export type * from './bundle-store.js';
export type * from './call-options.js';
export type * from './data-driver.js';
export type * from './data-plane.js';
export type * from './deploy-pipeline-service.js';
export type * from './driver-call.js';
export type * from './provisioning-service.js';
export type * from './quota-service.js';
export type * from './schema-diff-service.js';
export type * from './schema-version.js';
export type * from './secret-sealer.js';
export type * from './sql-database.js';
export type * from './tenant-registry.js';
export type * from './tenant-router.js';
export type * from './turso-platform.js';
