import type { ResolveTenantOptions } from '@objectstack/spec/contracts';

const request = (url: string, headers: Record<string, string> = {}) => ({ request: { url, headers } });

/** Each part of a request that can contain an id or a slug. */
export const REFERENCE_FORMS: Readonly<Record<string, (reference: string) => ResolveTenantOptions>> = {
  header: (reference) => request('/', { 'x-tenant-id': reference }),
  subdomain: (reference) => request('/', { host: `${reference}.example.com` }),
  path: (reference) => request(`/t/${reference}/notes`),
  claim: (reference) => ({ ...request('/'), claims: { tenant_id: reference } }),
  selectors: (value) => ({ selectors: [{ kind: 'reference', value }] }),
};

/** Each part of a request that can contain a custom host name. */
export const HOSTNAME_FORMS: Readonly<Record<string, (hostname: string) => ResolveTenantOptions>> = {
  host: (host) => request('/', { host }),
  url: (host) => request(`https://${host}/notes`),
  forwarded: (host) => ({
    ...request('https://proxy.internal.example/', { 'x-forwarded-host': host }),
    isFromTrustedProxy: true,
  }),
  selectors: (value) => ({ selectors: [{ kind: 'hostname', value }] }),
};
