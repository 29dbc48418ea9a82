import type { TenantResolver } from '@objectstack/spec/http';
import { AuthSessionSchema } from '@objectstack/spec/identity';
import type { KernelContext, TenantRuntimeContext } from '@objectstack/spec/kernel';
import { ObjectStackError, unlessAborted } from '@objectstack/spec/shared';
import type { TenantSelector } from '@objectstack/spec/system';
import type { ApiRequestLimiter } from '../quota/api-request-limiter.js';
import type { Clock } from '../shared/clock.js';
import { tenantNotFound } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { readResolveOptions } from './read-resolve-options.js';
import type { Admission, TenantClientCache } from './tenant-client-cache.js';
import type { TenantIdCache } from './tenant-id-cache.js';

export interface ResolveContext {
  readonly tenantIds: TenantIdCache;
  readonly clients: TenantClientCache;
  readonly resolver: TenantResolver;
  readonly kernel: KernelContext;
  readonly requests: ApiRequestLimiter;
  readonly clock: Clock;
}

interface Principal {
  readonly userId: string;
  readonly organizationId: string;
}

function parseSession(session: unknown, clock: Clock): Principal {
  const { userId, activeOrganizationId, expiresAt } = parseInput(AuthSessionSchema, session, 'session');
  if (Date.parse(expiresAt) <= clock.now().getTime()) {
    throw new ObjectStackError({
      code: 'session_expired',
      message: 'The session has expired. Sign in again.',
    });
  }
  if (activeOrganizationId === undefined) {
    throw new ObjectStackError({
      code: 'organization_required',
      message: 'The session has no active organization. Select one and repeat the request.',
    });
  }
  return { userId, organizationId: activeOrganizationId };
}

function contextOf(
  { instanceId, features, ...kernel }: KernelContext,
  { userId, organizationId }: Principal,
  { admission: { tenant, connection }, bundleVersion }: Deployed,
): TenantRuntimeContext {
  return Object.freeze({
    ...kernel,
    instanceId,
    features: Object.freeze({ ...features }),
    tenantId: tenant.id,
    organizationId,
    userId,
    tenantPlan: tenant.plan,
    tenantRegion: tenant.region,
    tenantDbUrl: connection.url,
    tenantQuotas: Object.freeze({ ...tenant.quotas }),
    ...(bundleVersion !== undefined && { bundleVersion }),
  });
}

interface Deployed {
  readonly admission: Admission;
  readonly bundleVersion: string | undefined;
}

/** Number of times that a tenant which is invalidated or evicted meanwhile is admitted. */
const ATTEMPTS = 10;

/**
 * Repeated if the tenant is invalidated meanwhile, so that the answer is not already outdated. The owner is verified
 * wherever the id was cached.
 */
async function admitted(
  { tenantIds, clients }: ResolveContext,
  organizationId: string,
  selectors: readonly TenantSelector[],
): Promise<Deployed> {
  for (let attempt = 1; ; attempt++) {
    const { revision } = clients;
    const { tenantId, read } = await tenantIds.select(organizationId, selectors);
    const admission = await clients.admit(tenantId, revision === clients.revision ? read : undefined);
    if (admission.tenant.organizationId !== organizationId) throw tenantNotFound();
    const bundleVersion = await admission.bundleVersion();
    // Every answer is at least as recent as the call, so that frequent changes need not delay it any further.
    if (attempt === ATTEMPTS || clients.isCurrent(admission)) return { admission, bundleVersion };
  }
}

/** Resolves a session to its organization and the selected tenant. */
export async function resolveTenant(
  context: ResolveContext,
  session: unknown,
  options: unknown,
): Promise<TenantRuntimeContext> {
  const principal = parseSession(session, context.clock);
  const { selectors, signal } = readResolveOptions(context.resolver, options);
  const deployed = await unlessAborted(admitted(context, principal.organizationId, selectors), signal);
  // Only requests of the tenant's own organization count, so that others cannot use up its quota.
  await unlessAborted(context.requests.take(deployed.admission.tenant), signal);
  return contextOf(context.kernel, principal, deployed);
}
