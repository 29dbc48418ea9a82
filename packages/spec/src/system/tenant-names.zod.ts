import * as z from 'zod';
import { withoutPattern } from '../shared/without-pattern.js';

/** Form of the ids that the control plane generates. */
const TENANT_ID = /^[a-z2-7]{26}$/;

export const TenantSlugSchema = withoutPattern(
  z
    .string()
    .max(63)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  TENANT_ID,
).describe(
  'Slug of a tenant, a name for use in URLs that can be changed: 1 to 63 lowercase letters, digits and single hyphens, for example acme. Must not have the form of a tenant id: 26 characters from a to z and 2 to 7.',
);
export type TenantSlug = z.infer<typeof TenantSlugSchema>;

/** A label that is too long, or a numeric last label, as in an IP address. */
const NOT_A_NAME = /[^.]{64}|\.[0-9]+$/;

export const HostnameSchema = withoutPattern(
  z
    .string()
    .max(253)
    .regex(/^[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+$/),
  NOT_A_NAME,
).describe(
  'Fully qualified host name in canonical form: lowercase, internationalized labels in ASCII (Punycode), without port and trailing dot, for example app.example.com.',
);
export type Hostname = z.infer<typeof HostnameSchema>;

export const TenantHostnamesSchema = z
  .array(HostnameSchema)
  .max(50)
  .describe('List of the custom host names (custom domains) of a tenant.');
export type TenantHostnames = z.infer<typeof TenantHostnamesSchema>;
