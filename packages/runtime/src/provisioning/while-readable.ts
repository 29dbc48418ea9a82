import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { originOf } from '../shared/origin-of.js';
import type { ProvisioningContext } from './provisioning-context.js';
import { accessDeadline, settleAccess } from './settle-access.js';

/**
 * Does work that reads the database of a suspended tenant, which a server refuses to everyone: permits reads, but no writes,
 * until the work ends. If the process ends before, a sweep blocks the database again.
 */
export async function whileReadable<T>(
  context: ProvisioningContext,
  { tenant: { id }, databaseName, deadlineAt }: TenantRecord,
  work: () => Promise<T>,
): Promise<T> {
  const change = { deadlineAt: accessDeadline(context) };
  const { record, changed } = await context.registry.updateTenant(
    id,
    ['suspended'],
    change,
    originOf(context, {}),
  );
  if (!changed)
    throw new ObjectStackError({
      code: 'database_blocked',
      message: 'The database of the tenant is blocked, although the tenant is not suspended.',
    });
  try {
    const { platform } = context.dataPlane;
    await platform.setDatabaseAccess(databaseName, { blockReads: false, blockWrites: true });
    return await work();
  } finally {
    await settleAccess(context, record, { keepsDeadline: deadlineAt !== null });
  }
}
