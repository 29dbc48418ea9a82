import { errorOf, handling, reading, resolving, type WrongRouters } from './wrong-router.js';

/** Routers with a fault in reading sessions and selectors. */
export const wrongSelectors: WrongRouters = {
  'accepts expired sessions': {
    breaks: ['session/required'],
    change: resolving(
      (resolve) => (session, options) =>
        resolve(session && { ...session, expiresAt: '2999-01-01T00:00:00.000Z' }, options),
    ),
  },
  'takes the first of several tenants': {
    breaks: ['session/ambiguous', 'cache/new-tenant'],
    change: handling('tenant_ambiguous', ({ details }, { session, options, resolve }) =>
      resolve(session, { ...options, tenantId: details.tenantIds?.[0] ?? '' }),
    ),
  },
  'requires a selector in a request': {
    breaks: ['session/only-tenant'],
    change: reading((selectors) => {
      if (selectors.length === 0) throw errorOf('tenant_ambiguous');
      return selectors;
    }),
  },
  'takes an organization without tenants for one whose tenant is being created': {
    breaks: ['session/none', 'cache/new-tenant'],
    change: handling('tenant_not_found', async (error, { options }) => {
      throw Object.keys(options).length === 0 ? errorOf('tenant_not_ready') : error;
    }),
  },
  'finds no tenant by its id': {
    breaks: ['select/id', 'select/agreeing', 'select/suspended'],
    change: reading((selectors) =>
      selectors.map((one) => (/^[a-z2-7]{26}$/.test(one.value) ? { ...one, value: '' } : one)),
    ),
  },
  'compares slugs exactly': {
    breaks: ['select/slug', 'select/agreeing'],
    change: reading((selectors) =>
      selectors.map((one) => (one.value === one.value.toLowerCase() ? one : { ...one, value: '' })),
    ),
  },
  'does not normalize host names': {
    breaks: ['select/hostname', 'select/slug'],
    change: resolving((resolve) => async (session, options) => {
      const headers = options.request?.headers as Record<string, string> | undefined;
      if (/[A-Z:]|\.$/.test(headers?.host ?? '')) throw errorOf('tenant_not_found');
      return resolve(session, options);
    }),
  },
  'trusts every proxy': {
    breaks: ['select/untrusted-proxy'],
    change: resolving(
      (resolve) => (session, options) => resolve(session, { ...options, isFromTrustedProxy: true }),
    ),
  },
  'rejects several selectors': {
    breaks: ['select/agreeing', 'select/conflict', 'select/malformed'],
    change: reading((selectors) => {
      if (selectors.length > 1) throw errorOf('tenant_selector_conflict');
      return selectors;
    }),
  },
  'uses only the last selector': {
    breaks: ['select/conflict'],
    change: reading((selectors) => selectors.slice(-1)),
  },
  'selects tenants of other organizations': {
    breaks: ['session/none', 'select/foreign'],
    change: handling('tenant_not_found', (error, { session, options, resolve }) =>
      resolve({ ...session, activeOrganizationId: 'globex' }, options).catch(() => {
        throw error;
      }),
    ),
  },
  'tells that a tenant belongs to another organization': {
    breaks: ['select/foreign'],
    change: handling('tenant_not_found', async (error, { session, options, resolve }) => {
      const foreign = await resolve({ ...session, activeOrganizationId: 'globex' }, options).catch(
        () => null,
      );
      throw foreign ? errorOf('tenant_not_found', 'The tenant belongs to another organization.') : error;
    }),
  },
  'tells that a tenant is destroyed': {
    breaks: ['select/destroyed', 'select/foreign'],
    change: handling('tenant_not_found', async (error, { options, router }) => {
      const { tenantId = '' } = options;
      const isKnown = /^[a-z2-7]{26}$/.test(tenantId) && tenantId !== 'abcdefghijklmnopqrstuvwxyz';
      if (!isKnown) throw error;
      await router.getTenantClient(tenantId).catch(() => undefined);
      throw errorOf('tenant_not_found', 'The tenant is destroyed.');
    }),
  },
  'ignores malformed selectors': {
    breaks: ['select/malformed', 'select/conflict'],
    change: reading((selectors) => selectors.filter(({ value }) => value !== '')),
  },
  'finds suspended tenants only by their ids': {
    breaks: ['select/suspended'],
    change: handling('tenant_suspended', async (error, { options }) => {
      throw options.tenantId === undefined && Object.keys(options).length > 0
        ? errorOf('tenant_not_found')
        : error;
    }),
  },
  'ignores unknown options': {
    breaks: ['select/invalid-options'],
    change: resolving((resolve) => (session, options) => {
      const { tenant: _, ...known } = options as { tenant?: string };
      return resolve(session, known);
    }),
  },
};
