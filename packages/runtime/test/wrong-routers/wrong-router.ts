import { ROUTER_SUITE_RESOLVER } from '@objectstack/conformance';
import type { ITenantRouter, ResolveTenantOptions } from '@objectstack/spec/contracts';
import { createTenantResolver } from '@objectstack/spec/http';
import type { AuthSession } from '@objectstack/spec/identity';
import type { TenantRuntimeContext } from '@objectstack/spec/kernel';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import type { TenantSelector } from '@objectstack/spec/system';
import type { ChangeRouter } from '../router-suite.js';

/** A deviation of a router, and the requirements that it violates. */
interface WrongRouter {
  readonly breaks: readonly string[];
  readonly change: ChangeRouter;
}

export type WrongRouters = Readonly<Record<string, WrongRouter>>;

export type Resolve = (session: AuthSession, options: ResolveTenantOptions) => Promise<TenantRuntimeContext>;

/** A router with another way to resolve tenants. */
export const resolving =
  (change: (resolve: Resolve, ...rest: [...Parameters<ChangeRouter>]) => Resolve): ChangeRouter =>
  (router, process, now) => {
    const resolve = change(
      (session, options) => router.resolveTenant(session, options),
      router,
      process,
      now,
    );
    return { ...router, resolveTenant: (session, options = {}) => resolve(session, options) };
  };

/** A router that changes the selectors of requests. */
export const reading = (
  change: (selectors: readonly TenantSelector[]) => readonly TenantSelector[],
): ChangeRouter =>
  resolving((resolve) => async (session, options) => {
    const { request, claims, isFromTrustedProxy, selectors = [], ...rest } = options;
    if (!request?.url && selectors.length === 0) return resolve(session, options);
    const facts = { ...(claims && { claims }), ...(isFromTrustedProxy && { isFromTrustedProxy }) };
    const read = request ? createTenantResolver(ROUTER_SUITE_RESOLVER)(request, facts) : [];
    return resolve(session, { ...rest, selectors: change([...selectors, ...read]) });
  });

export const errorOf = (code: ErrorCode, message = 'Refused.') => new ObjectStackError({ code, message });

/** A router that handles rejections with one code. */
export const handling = (
  code: ErrorCode,
  handle: (
    error: ObjectStackError,
    call: { session: AuthSession; options: ResolveTenantOptions; resolve: Resolve; router: ITenantRouter },
  ) => Promise<TenantRuntimeContext>,
): ChangeRouter =>
  resolving(
    (resolve, router) => (session, options) =>
      resolve(session, options).catch((error: unknown) => {
        if (!ObjectStackError.isInstance(error) || error.code !== code) throw error;
        return handle(error, { session, options, resolve, router });
      }),
  );
