import * as z from 'zod';
import { TenantResolverStrategyEnum } from '../data/driver/turso-multi-tenant.zod.js';
import { HostnameSchema } from './tenant-names.zod.js';

export const ForwardedHostHeaderEnum = z
  .enum(['x-forwarded-host', 'forwarded'])
  .describe(
    'Header in which a proxy reports the original host. x-forwarded-host: the de facto standard; forwarded: the host parameter of RFC 7239.',
  );
export type ForwardedHostHeader = z.infer<typeof ForwardedHostHeaderEnum>;

export const TenantResolverConfigSchema = z
  .strictObject({
    strategies: z
      .array(TenantResolverStrategyEnum)
      .min(1)
      .max(5)
      .default(['token'])
      .describe(
        'List of the parts of a request that may select a tenant. A request may contain several; selections of different tenants are rejected with `tenant_selector_conflict`.',
      ),
    headerName: z
      .string()
      .max(64)
      .regex(/^[A-Za-z0-9-]+$/)
      .default('x-tenant-id')
      .describe(
        'Name of the HTTP header that contains the id or slug of the tenant, for the strategy header.',
      ),
    baseDomain: HostnameSchema.optional().describe(
      'Domain whose direct subdomains are slugs or ids, for the strategy subdomain, which requires it. Example: example.com, so that acme.example.com selects the tenant with the slug acme.',
    ),
    reservedSubdomains: z
      .array(z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/))
      .max(100)
      .default(['www'])
      .describe('List of the subdomains of the base domain that do not select a tenant. Defaults to www.'),
    pathPrefix: z
      .string()
      .max(255)
      .regex(/^\/(?:[A-Za-z0-9_~-]+(?:\/[A-Za-z0-9_~-]+)*)?$/)
      .default('/t')
      .describe(
        'Prefix of the URL path, which is followed by the id or slug of the tenant as a path segment, for the strategy path. Example: /t, so that /t/acme/orders selects the tenant with the slug acme.',
      ),
    claimName: z
      .string()
      .min(1)
      .max(255)
      .default('tenant_id')
      .describe(
        'Name of the claim of the verified access token that contains the id or slug of the tenant, for the strategy token.',
      ),
    ownDomains: z
      .array(HostnameSchema)
      .max(100)
      .default([])
      .describe(
        'List of domains of the service itself, for the strategy lookup: these hosts and their subdomains are not looked up as custom host names, nor are those of the base domain.',
      ),
    forwardedHostHeader: ForwardedHostHeaderEnum.optional().describe(
      'Header from which the original host is read in requests of a trusted proxy. If omitted, the host is read from the request itself.',
    ),
  })
  .refine((config) => !config.strategies.includes('subdomain') || config.baseDomain !== undefined, {
    path: ['baseDomain'],
    message: 'is required if strategies contains subdomain',
  })
  .describe("Parts of a request that select one of the tenants of the session's organization.");
export type TenantResolverConfig = z.infer<typeof TenantResolverConfigSchema>;
export type TenantResolverConfigInput = z.input<typeof TenantResolverConfigSchema>;
