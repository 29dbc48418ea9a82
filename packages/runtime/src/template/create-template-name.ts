import { createTenantId } from '../shared/create-tenant-id.js';

const PREFIX = 'template-';
const RANDOM_CHARACTERS = 17;

/**
 * Name of a new template database, which is also the tenant id in its marker. No id of a tenant contains a hyphen. It is as long
 * as such an id, so that a copy of a file gets the marker of a tenant without being opened.
 */
export function createTemplateName(): string {
  return PREFIX + createTenantId().slice(0, RANDOM_CHARACTERS);
}

/** Whether the id in a marker is that of a template. */
export function isTemplateName(tenantId: string): boolean {
  return tenantId.startsWith(PREFIX);
}
