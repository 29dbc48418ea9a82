/**
 * Interfaces that services, drivers and stores implement. Types only.
 * @module
 */
export type * from './app-lifecycle-service.js';
export type * from './app-registry.js';
export type * from './app-service.js';
export type * from './applied-baseline.js';
export type * from './bundle-store.js';
export type * from './call-options.js';
export type * from './data-driver.js';
export type * from './data-plane.js';
export type * from './database-pool.js';
export type * from './deploy-pipeline-service.js';
export type * from './deployment-service.js';
export type * from './driver-call.js';
export type * from './fleet-reads.js';
export type * from './fleet-records.js';
export type * from './fleet-service.js';
export type * from './fleet-store.js';
export type * from './key-service.js';
export type * from './logger.js';
export type * from './provisioning-service.js';
export type * from './quota-ledger.js';
export type * from './quota-service.js';
export type * from './registry-records.js';
export type * from './rollback-source.js';
export type * from './runtime-events.js';
export type * from './schema-diff-options.js';
export type * from './schema-diff-service.js';
export type * from './schema-version.js';
export type * from './secret-sealer.js';
export type * from './server-database-store.js';
export type * from './sql-database.js';
export type * from './step-records.js';
export type * from './telemetry.js';
export type * from './tenant-copies.js';
export type * from './tenant-data-service.js';
export type * from './tenant-names.js';
export type * from './tenant-registry.js';
export type * from './tenant-router.js';
export type * from './tenant-service.js';
export type * from './turso-platform.js';
export type * from './work-leases.js';
