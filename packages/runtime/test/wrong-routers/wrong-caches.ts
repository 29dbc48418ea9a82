import type { IDataDriver, SqlResult } from '@objectstack/spec/contracts';
import type { TenantRuntimeContext } from '@objectstack/spec/kernel';
import type { ChangeRouter } from '../router-suite.js';
import { errorOf, resolving, type WrongRouters } from './wrong-router.js';

const REFUSED = ['tenant_not_found', 'tenant_suspended'];

/** Remembers outcomes of resolving for a time, whatever happens meanwhile. */
const remembering = (keep: (outcome: { error?: unknown }) => boolean, durationMs: number): ChangeRouter =>
  resolving((resolve, _router, _process, now) => {
    const outcomes = new Map<string, { at: number; outcome: Promise<TenantRuntimeContext> }>();
    return (session, options) => {
      const key = JSON.stringify([session, options]);
      const known = outcomes.get(key);
      if (known && now() - known.at < durationMs) return known.outcome;
      const outcome = resolve(session, options);
      const settled = (error?: unknown) => {
        if (keep({ error })) outcomes.set(key, { at: now(), outcome });
      };
      return outcome.finally(() => outcome.then(() => settled(), settled));
    };
  });

const withContext = (change: (context: TenantRuntimeContext) => TenantRuntimeContext): ChangeRouter =>
  resolving((resolve) => async (session, options) => change(await resolve(session, options)));

/** A router that returns other clients. */
const clients =
  (change: (client: IDataDriver, tenantId: string) => IDataDriver): ChangeRouter =>
  (router) => ({
    ...router,
    getTenantClient: async (tenantId) => change(await router.getTenantClient(tenantId), tenantId),
  });

const derived = (client: IDataDriver, methods: Partial<IDataDriver>): IDataDriver =>
  new Proxy(client, {
    get: (target, name) => {
      const method = Reflect.get(methods, name) ?? Reflect.get(target, name, target);
      return typeof method === 'function' ? method.bind(target) : method;
    },
  });

/** Routers with a fault in contexts, caches and clients. */
export const wrongCaches: WrongRouters = {
  'returns no database': {
    breaks: ['context/complete'],
    change: withContext((context) => Object.freeze({ ...context, tenantDbUrl: 'file:none.db' })),
  },
  'returns contexts that can be changed': {
    breaks: ['context/frozen'],
    change: withContext((context) => ({ ...context })),
  },
  'returns no version of the bundle': {
    breaks: ['context/bundle-version', 'context/bundle-version-elsewhere'],
    change: withContext(({ bundleVersion: _, ...context }) => Object.freeze(context)),
  },
  'caches contexts although the process changes them': {
    breaks: ['cache/suspension-here', 'cache/new-tenant', 'cache/names-here', 'context/bundle-version'],
    change: remembering(({ error }) => error === undefined, 5_000),
  },
  'caches contexts longer than the TTL': {
    breaks: [
      'cache/suspension-elsewhere',
      'cache/names-elsewhere',
      'cache/names-here',
      'cache/new-tenant',
      'cache/suspension-here',
      'context/bundle-version',
      'context/bundle-version-elsewhere',
    ],
    change: remembering(({ error }) => error === undefined, 5_001),
  },
  'caches refusals as long as contexts': {
    breaks: [
      'cache/resumption-elsewhere',
      'cache/names-elsewhere',
      'cache/new-tenant',
      'cache/names-here',
      'cache/suspension-here',
    ],
    change: remembering(
      ({ error }) => REFUSED.includes(String((error as { code?: string } | undefined)?.code)),
      5_000,
    ),
  },
  'returns the first client for every tenant': {
    breaks: ['client/own', 'cache/suspension-elsewhere', 'cache/suspension-here'],
    change: (router) => {
      let first: Promise<IDataDriver> | undefined;
      return {
        ...router,
        getTenantClient: (tenantId) => {
          first ??= router.getTenantClient(tenantId);
          return first;
        },
      };
    },
  },
  'takes an unknown tenant for one that is being created': {
    breaks: ['client/not-found'],
    change: (router) => ({
      ...router,
      getTenantClient: (tenantId) =>
        router.getTenantClient(tenantId).catch((error: { code?: string }) => {
          throw error.code === 'tenant_not_found' ? errorOf('tenant_not_ready') : error;
        }),
    }),
  },
  'disconnects its drivers': {
    breaks: ['client/disconnect'],
    change: (router) => {
      const disconnected = new Set<string>();
      return clients((client, tenantId) =>
        derived(client, {
          disconnect: async () => void disconnected.add(tenantId),
          findOne: (...args) =>
            disconnected.has(tenantId) ? Promise.reject(errorOf('not_connected')) : client.findOne(...args),
        }),
      )(router, undefined as never, () => 0);
    },
  },
  'shares the resolution in progress between sessions': {
    breaks: ['concurrency/sessions', 'concurrency/aborted-resolution'],
    change: resolving((resolve) => {
      let running: Promise<TenantRuntimeContext> | undefined;
      return (session, options) => {
        running ??= resolve(session, options).finally(() => {
          running = undefined;
        });
        return running;
      };
    }),
  },
  'aborts all callers that wait for the same tenant': {
    breaks: ['concurrency/aborted-resolution'],
    change: resolving((resolve) => {
      const running = new Map<string | undefined, Promise<TenantRuntimeContext>>();
      return (session, options) => {
        const key = session?.activeOrganizationId;
        if (Object.keys(options).some((name) => name !== 'signal')) return resolve(session, options);
        const work = running.get(key) ?? resolve(session, options).finally(() => running.delete(key));
        running.set(key, work);
        return work;
      };
    }),
  },
  'gives the answer of an aborted query to the next one': {
    breaks: ['concurrency/aborted-query'],
    change: clients((client) => {
      let left: Promise<SqlResult> | undefined;
      return derived(client, {
        execute: (sql, args, options) => {
          const { signal, ...rest } = options ?? {};
          const work = left ?? client.execute(sql, args, rest);
          left = undefined;
          if (signal) left = work;
          return signal ? Promise.reject(errorOf('aborted')) : work;
        },
      });
    }),
  },
};
