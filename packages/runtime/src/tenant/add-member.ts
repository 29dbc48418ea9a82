import type { AddMemberOptions, CallOptions, ITenantRegistry } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { PageRequestSchema, throwIfAborted } from '@objectstack/spec/shared';
import { MemberIdSchema, type TenantMemberPage } from '@objectstack/spec/system';
import { quotaError } from '../quota/quota-error.js';
import { reservationNotFound } from '../quota/reserve-quota.js';
import type { Clock } from '../shared/clock.js';
import { decodeCursor } from '../shared/encode-cursor.js';
import { findTenant, tenantNotFound } from '../shared/find-tenant.js';
import { pageOf } from '../shared/page-of.js';
import { parseInput } from '../shared/parse-input.js';

interface MembersContext {
  readonly registry: ITenantRegistry;
  readonly clock: Clock;
}

const StorableIdSchema = MemberIdSchema.refine(isStorableText);

/** A tenant whose members can change. */
async function tenantWithMembers({ registry }: MembersContext, tenantId: string) {
  const { tenant } = await findTenant(registry, tenantId);
  if (tenant.provisioningStatus === 'destroying') throw tenantNotFound();
  return tenant;
}

/** See {@link ITenantService.addMember}. */
export async function addMember(
  context: MembersContext,
  tenantId: string,
  { userId: given, options }: { userId: unknown; options: AddMemberOptions },
): Promise<{ added: boolean }> {
  const userId = parseInput(StorableIdSchema, given, 'user id');
  const reservationId = parseInput(MemberIdSchema.optional(), options.reservationId, 'option reservationId');
  const { quotas } = await tenantWithMembers(context, tenantId);
  throwIfAborted(options.signal);
  if (reservationId !== undefined && !isStorableText(reservationId)) throw reservationNotFound();
  const limit = quotas.maxUsers;
  const now = context.clock.now().toISOString();
  const claim = { tenantId, userId, limit: limit ?? null, now, reservationId };
  const { outcome, usage } = await context.registry.addMember(claim);
  if (outcome === 'refused')
    throw quotaError('quota_exceeded', { quota: 'maxUsers', limit, usage, requested: 1 });
  if (outcome === 'no_reservation') throw reservationNotFound();
  return { added: outcome === 'added' };
}

/** See {@link ITenantService.removeMember}. */
export async function removeMember(
  context: MembersContext,
  tenantId: string,
  { userId: given, options }: { userId: unknown; options: CallOptions },
): Promise<{ removed: boolean }> {
  const userId = parseInput(StorableIdSchema, given, 'user id');
  await tenantWithMembers(context, tenantId);
  throwIfAborted(options.signal);
  return { removed: await context.registry.removeMember(tenantId, userId) };
}

/** See {@link ITenantService.listMembers}. */
export async function listMembers(
  { registry }: MembersContext,
  tenantId: string,
  page: unknown,
): Promise<TenantMemberPage> {
  const { tenant } = await findTenant(registry, tenantId);
  const { limit, cursor } = parseInput(PageRequestSchema, page, 'page');
  const after = cursor === undefined ? {} : { after: decodeCursor(cursor).id };
  const found = await registry.listMembers(tenant.id, { ...after, limit: limit + 1 });
  return pageOf(found, limit, ({ addedAt: at, userId: id }) => ({ at, id }));
}
