/**
 * The registry of tenants by itself, for programs that only read it: they start faster than with a whole runtime.
 * @module
 */

export { createDefaultRegistry } from './create-default-registry.js';
export { createTenantRegistry } from './create-tenant-registry.js';
export { listTenants } from './list-tenants.js';
