import type { TenantRecord } from '@objectstack/spec/contracts';
import { originOf } from '../shared/origin-of.js';
import { deletePermanently } from './delete-permanently.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';

/** Deadline of a tenant whose data is being deleted: it can no longer be recovered. */
export const PURGE_BEGUN = new Date(0).toISOString();

/**
 * Deletes the data of a destroyed tenant permanently, unless it was recovered meanwhile; returns whether it was deleted. The
 * deadline is replaced first: a recovery and the deletion exclude each other, whatever the clocks of their processes say.
 * The database is removed once more: a process that died after the destruction may have created it again.
 */
export async function purgeTenant(context: ProvisioningContext, { tenant }: TenantRecord): Promise<boolean> {
  const { registry } = context;
  const by = originOf(context, {});
  const begin = { deadlineAt: PURGE_BEGUN, ifOverdueAt: instantNow(context) };
  const { record, changed } = await registry.updateTenant(tenant.id, ['destroying'], begin, by);
  if (!changed) return false;
  await deletePermanently(context, record);
  const end = { destroyedAt: instantNow(context), deadlineAt: null };
  await registry.updateTenant(tenant.id, ['destroying'], end, by);
  return true;
}
