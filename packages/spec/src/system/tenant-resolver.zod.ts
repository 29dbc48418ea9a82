import * as z from 'zod';
import { TenantResolverStrategyEnum } from '../data/driver/turso-multi-tenant.zod.js';
import { HostnameSchema } from './tenant-names.zod.js';

export const ForwardedHostHeaderEnum = z
  .enum(['x-forwarded-host', 'forwarded'])
  .describe(
    'Header in which a proxy reports the host that the client requested. x-forwarded-host: the header X-Forwarded-Host; forwarded: the parameter host of the header Forwarded (RFC 7239).',
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
        'List of the parts of a request that can select a tenant. If several parts of a request select different tenants, the request is rejected with `tenant_selector_conflict`. Defaults to the claim of the access token.',
      ),
    headerName: z
      .string()
      .max(64)
      .regex(/^[A-Za-z0-9-]+$/)
      .default('x-tenant-id')
      .describe(
        'Name of the HTTP header that contains the id or slug of the tenant, for the strategy header, without regard to case. Defaults to x-tenant-id.',
      ),
    baseDomain: HostnameSchema.optional().describe(
      'Domain whose direct subdomains are slugs or ids of tenants, required for the strategy subdomain. With example.com, the host acme.example.com selects the tenant with the slug acme.',
    ),
    reservedSubdomains: z
      .array(z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/))
      .max(100)
      .default(['www'])
      .describe(
        'List of the subdomains of the base domain that do not select a tenant, for the strategy subdomain: for example www, for www.example.com. Defaults to www.',
      ),
    pathPrefix: z
      .string()
      .max(255)
      .regex(/^\/(?:[A-Za-z0-9_~-]+(?:\/[A-Za-z0-9_~-]+)*)?$/)
      .default('/t')
      .describe(
        'Beginning of the URL path before the id or slug of the tenant, for the strategy path. With /t, the path /t/acme/orders selects the tenant with the slug acme. Defaults to /t.',
      ),
    claimName: z
      .string()
      .min(1)
      .max(255)
      .default('tenant_id')
      .describe(
        'Name of the claim of the verified access token that contains the id or slug of the tenant, for the strategy token. Defaults to tenant_id.',
      ),
    ownDomains: z
      .array(HostnameSchema)
      .max(100)
      .default([])
      .describe(
        'List of the domains of the service itself, for the strategy lookup. A request to one of them, to the base domain or to a subdomain of any of these selects no tenant by its host. Defaults to none.',
      ),
    forwardedHostHeader: ForwardedHostHeaderEnum.optional().describe(
      'Header from which the host is read in requests from a trusted proxy (option `isFromTrustedProxy`), for the strategies subdomain and lookup. If omitted, the host is always that of the header Host or, without it, of the URL of the request.',
    ),
  })
  .refine((config) => !config.strategies.includes('subdomain') || config.baseDomain !== undefined, {
    path: ['baseDomain'],
    message: 'is required if strategies contains subdomain',
  })
  .describe("Which parts of an HTTP request select one of the tenants of the session's organization.");
export type TenantResolverConfig = z.infer<typeof TenantResolverConfigSchema>;
export type TenantResolverConfigInput = z.input<typeof TenantResolverConfigSchema>;
