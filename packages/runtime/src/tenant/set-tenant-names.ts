import type {
  CallOptions,
  ITenantRegistry,
  ITenantRouter,
  TenantNamesChange,
} from '@objectstack/spec/contracts';
import { normalizeHostname, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import {
  HostnameSchema,
  type Tenant,
  TenantHostnamesSchema,
  TenantSlugSchema,
} from '@objectstack/spec/system';
import * as z from 'zod';
import type { Clock } from '../shared/clock.js';
import { findTenant, tenantNotFound } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { withoutToken } from '../shared/without-token.js';

export interface TenantNamesContext {
  readonly registry: ITenantRegistry;
  /** Notified of every change, so that it takes effect in this process immediately. */
  readonly router: Pick<ITenantRouter, 'invalidateCache'>;
  readonly clock: Clock;
  /** Time for which a removed slug stays reserved, in milliseconds. */
  readonly slugReservationMs: number;
}

type Names = Pick<TenantNamesChange, 'slug' | 'hostnames'>;

const SlugSchema = TenantSlugSchema.nullable();

/** The canonical form of every name; malformed names are refused as they are. */
const CanonicalHostnamesSchema = z
  .array(
    z
      .string()
      .overwrite((name) => normalizeHostname(name) ?? name)
      .pipe(HostnameSchema),
  )
  .pipe(TenantHostnamesSchema);

export const parseSlug = (slug: unknown): Names => ({ slug: parseInput(SlugSchema, slug, 'slug') });

export const parseHostnames = (hostnames: unknown): Names => ({
  hostnames: [...new Set(parseInput(CanonicalHostnamesSchema, hostnames, 'list of host names'))],
});

/** See {@link ITenantService.setSlug}. */
export async function setTenantNames(
  { registry, router, clock, slugReservationMs }: TenantNamesContext,
  tenantId: string,
  { names, options }: { names: Names; options: CallOptions },
): Promise<Tenant> {
  const { tenant } = await findTenant(registry, tenantId);
  if (tenant.provisioningStatus === 'destroying') throw tenantNotFound();
  throwIfAborted(options.signal);
  const now = clock.now();
  const at = now.toISOString();
  const reservedUntil = new Date(now.getTime() + slugReservationMs).toISOString();
  const { actor, requestId } = options;
  const change = { ...names, now: at, reservedUntil };
  const record = await registry.setTenantNames(tenantId, change, { actor, requestId, at });
  router.invalidateCache(tenantId);
  if (record) return withoutToken(record);
  throw new ObjectStackError({
    code: 'tenant_name_taken',
    message:
      'Another tenant has this slug or host name, or the slug is still reserved for the tenant that had it before. Choose another.',
  });
}
