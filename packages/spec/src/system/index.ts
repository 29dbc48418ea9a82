/**
 * Tenants, provisioning, bundles and deployments.
 * @module
 */
export * from './app-install.zod.js';
export * from './assert-allowed.js';
export * from './assert-base-schema.js';
export * from './assert-ready.js';
export * from './assert-target-schema.js';
export * from './audit.zod.js';
export type { CheckedView, ViewKeys } from './checked-view.js';
export * from './command-line-config.zod.js';
export * from './command-output.zod.js';
export * from './define-bundle.js';
export * from './deploy-bundle.zod.js';
export * from './deployed-bundle.js';
export * from './fleet/fleet-drift.zod.js';
export * from './fleet/fleet-selection.zod.js';
export * from './fleet/fleet-status.zod.js';
export * from './fleet/format-rollout.js';
export * from './fleet/release.zod.js';
export * from './fleet/rollout.zod.js';
export * from './fleet/rollout-plan.zod.js';
export * from './fleet/rollout-strategy.zod.js';
export * from './fleet/rollout-tenant.zod.js';
export * from './fleet/tenant-release.zod.js';
export * from './format-plan.js';
export * from './generate-types.js';
export * from './key-rotation.zod.js';
export * from './plan-outline.js';
export * from './plan-quotas.zod.js';
export * from './plan-records.js';
export * from './provisioning.zod.js';
export * from './quota-reservation.zod.js';
export * from './runtime-event.zod.js';
export * from './runtime-health.zod.js';
export * from './schema.zod.js';
export * from './server-database.zod.js';
export * from './system-objects.js';
export * from './tenant.zod.js';
export * from './tenant-list.zod.js';
export * from './tenant-member.zod.js';
export * from './tenant-resolver.zod.js';
export * from './tenant-resolver.zod.js';
export * from './tenant-selector.zod.js';
export * from './tenant-selector.zod.js';
