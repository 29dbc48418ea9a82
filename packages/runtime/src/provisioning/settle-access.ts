import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { originOf } from '../shared/origin-of.js';
import { instantIn, type ProvisioningContext } from './provisioning-context.js';

/** Time after which a sweep completes a change of access whose process ended. */
const SETTLED_WITHIN_MS = 60_000;

/** What changing the access to a database requires. */
export type AccessContext = Pick<ProvisioningContext, 'registry' | 'dataPlane' | 'lifecycle' | 'clock'>;

/** Deadline of a change of status that also changes the access to the database. */
export const accessDeadline = (context: Pick<AccessContext, 'clock'>) =>
  instantIn(context, SETTLED_WITHIN_MS);

export interface Access {
  readonly blockReads: boolean;
  readonly blockWrites: boolean;
}

const OPEN: Access = { blockReads: false, blockWrites: false };
export const BLOCKED: Access = { blockReads: true, blockWrites: true };

/** The access that the status of a tenant permits. */
export function accessIn({ lifecycle }: AccessContext, status: TenantProvisioningStatus): Access {
  if (status === 'destroying') return BLOCKED;
  if (status !== 'suspended') return OPEN;
  return { blockReads: !lifecycle.onTenantSuspend.readOnly, blockWrites: true };
}

const unlessMissing = (error: unknown) => {
  if (!ObjectStackError.isInstance(error, 'database_not_found')) throw error;
};

/** Blocks or permits access to a database. One that does not exist needs no block. */
export async function setAccess(
  { dataPlane: { platform } }: AccessContext,
  databaseName: string,
  access: Access,
): Promise<void> {
  if (!platform.supports.access) return;
  await platform.setDatabaseAccess(databaseName, access).catch(unlessMissing);
}

async function apply(context: AccessContext, { databaseName, tenant }: TenantRecord): Promise<void> {
  const { platform } = context.dataPlane;
  const { provisioningStatus: status } = tenant;
  await setAccess(context, databaseName, accessIn(context, status));
  const isRevoked = status === 'suspended' && context.lifecycle.onTenantSuspend.revokeTokens;
  if (isRevoked && platform.supports.tokens) await platform.revokeToken(databaseName).catch(unlessMissing);
}

/** The tenant, if its status is another one now. */
async function changedSince(
  { registry }: AccessContext,
  { tenant }: TenantRecord,
): Promise<TenantRecord | null> {
  const current = await registry.getTenant(tenant.id);
  const isSame = current?.tenant.provisioningStatus === tenant.provisioningStatus;
  return isSame || !current || current.destroyedAt !== null ? null : current;
}

/** Whether the deadline of a tenant with the status belongs to its provisioning or destruction. */
const hasOwnDeadline = (status: TenantProvisioningStatus) =>
  status === 'provisioning' || status === 'destroying';

/**
 * Makes the access to the database correspond to the status of its tenant, and records that it does, unless `keepsDeadline`.
 * The status may change meanwhile: then the access follows. If the process ends before, a repetition of the call or a
 * sweep completes it.
 */
export async function settleAccess(
  context: AccessContext,
  found: TenantRecord,
  { keepsDeadline = false, ...options }: CallOptions & { readonly keepsDeadline?: boolean } = {},
): Promise<void> {
  for (let record: TenantRecord | null = found; record; ) {
    await apply(context, record);
    const { id, provisioningStatus: status } = record.tenant;
    if (keepsDeadline || hasOwnDeadline(status)) {
      record = await changedSince(context, record);
      continue;
    }
    const by = originOf(context, options);
    const settled = await context.registry.updateTenant(id, [status], { deadlineAt: null }, by);
    if (settled.changed || settled.record.destroyedAt !== null) return;
    record = settled.record;
  }
}

/** Blocks access to the database of a tenant in destruction. If the tenant is recovered meanwhile, the access follows. */
export async function blockDestroyed(context: AccessContext, record: TenantRecord): Promise<void> {
  await setAccess(context, record.databaseName, BLOCKED);
  const changed = await changedSince(context, record);
  if (changed) await settleAccess(context, changed);
}
