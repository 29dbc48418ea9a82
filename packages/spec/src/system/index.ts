/**
 * Tenants, provisioning, bundles and deployments.
 * @module
 */
export * from './app-install.zod.js';
export * from './assert-allowed.js';
export * from './assert-base-schema.js';
export * from './assert-target-schema.js';
export * from './define-bundle.js';
export * from './deploy-bundle.zod.js';
export * from './deployed-bundle.js';
export * from './provisioning.zod.js';
export * from './schema.zod.js';
export * from './system-objects.js';
export * from './tenant.zod.js';
