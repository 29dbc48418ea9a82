import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { AuthSessionSchema } from '@objectstack/spec/identity';
import type { KernelContext, TenantRuntimeContext } from '@objectstack/spec/kernel';
import { ObjectStackError } from '@objectstack/spec/shared';
import * as z from 'zod';
import type { Clock } from '../shared/clock.js';
import { findTenant, tenantNotFound } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { admitTenant } from './admit-tenant.js';

const OptionsSchema = z.strictObject({ tenantId: z.string().min(1).optional() });

export interface ResolveContext {
  readonly registry: ITenantRegistry;
  readonly kernel: KernelContext;
  readonly clock: Clock;
}

function parseSession(session: unknown, clock: Clock): { userId: string; organizationId: string } {
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

/** A failed provisioning attempt does not prevent the selection of the active tenant. */
function onlyOne(records: readonly TenantRecord[]): TenantRecord {
  const present = records.filter(({ tenant }) => tenant.provisioningStatus !== 'destroying');
  const usable = present.filter(({ tenant }) => tenant.provisioningStatus !== 'failed');
  const [record, ...others] = usable.length > 0 ? usable : present;
  if (!record) throw tenantNotFound();
  if (others.length === 0) return record;
  throw new ObjectStackError({
    code: 'tenant_ambiguous',
    message: 'The organization owns several tenants. Pass the id of one of them.',
    details: { tenantIds: [record, ...others].map(({ tenant }) => tenant.id) },
  });
}

async function selectTenant(
  registry: ITenantRegistry,
  organizationId: string,
  tenantId: string | undefined,
): Promise<TenantRecord> {
  if (!isStorableText(organizationId)) throw tenantNotFound();
  if (tenantId === undefined) return onlyOne(await registry.listTenants(organizationId));
  const record = await findTenant(registry, tenantId);
  if (record.tenant.organizationId !== organizationId) throw tenantNotFound();
  return record;
}

/**
 * Resolves a session to its organization and tenant. Reads the registry at every call, so that a suspension takes
 * effect immediately.
 */
export async function resolveTenant(
  { registry, kernel, clock }: ResolveContext,
  session: unknown,
  options: unknown,
): Promise<TenantRuntimeContext> {
  const { userId, organizationId } = parseSession(session, clock);
  const { tenantId } = parseInput(OptionsSchema, options, 'selection');
  const { tenant } = await selectTenant(registry, organizationId, tenantId);
  const connection = admitTenant({ tenant });
  return {
    ...kernel,
    tenantId: tenant.id,
    organizationId,
    userId,
    tenantPlan: tenant.plan,
    tenantRegion: tenant.region,
    tenantDbUrl: connection.url,
    tenantQuotas: tenant.quotas,
  };
}
