import type { ChangeOrigin, TenantCopy } from '@objectstack/spec/contracts';
import { instantNow, type TenantDataContext } from './tenant-data-context.js';

type Context = Pick<TenantDataContext, 'registry' | 'dataPlane' | 'clock'>;

async function deleteDatabase({ dataPlane: { platform } }: Context, databaseName: string): Promise<void> {
  await platform.deleteDatabase(databaseName);
  await platform.purgeDatabase(databaseName);
}

/**
 * Deletes a copy and its database. Returns false, and changes nothing, if the copy is in another status by now, or with
 * `expiresBefore` does not expire before that timestamp. Once the status is `deleting`, a sweep completes it.
 */
export async function deleteCopy(
  context: Context,
  { id, status, databaseName }: TenantCopy,
  { expiresBefore, by }: { expiresBefore?: string; by?: ChangeOrigin } = {},
): Promise<boolean> {
  const { registry } = context;
  const change = {
    status: 'deleting',
    expiresAt: instantNow(context),
    ...(expiresBefore !== undefined && { expiresBefore }),
  } as const;
  if (status !== 'deleting' && !(await registry.changeTenantCopy(id, status, change, by))) return false;
  await deleteDatabase(context, databaseName);
  await registry.removeTenantCopy(id);
  return true;
}

/**
 * Deletes the database of a copy whose process probably ended. The record remains until a timestamp, because a process that was
 * only paused may create the database again; then a sweep deletes it once more. Returns false if the process is working.
 */
export async function abandonCopy(
  context: Context,
  { id, databaseName }: TenantCopy,
  { expiresBefore, until: expiresAt }: { expiresBefore: string; until: string },
): Promise<boolean> {
  const change = { status: 'deleting', expiresAt, expiresBefore } as const;
  if (!(await context.registry.changeTenantCopy(id, 'creating', change))) return false;
  await deleteDatabase(context, databaseName);
  return true;
}

/**
 * Deletes a database whose preparation failed, unless it became the database of the tenant or a backup. A sweep that
 * considered this process ended may have removed the record before the database was created.
 */
export async function discardStaged(context: Context, copy: TenantCopy): Promise<void> {
  if (await deleteCopy(context, copy)) return;
  const { tenantId, databaseName } = copy;
  const others = await context.registry.listTenantCopies({ tenantId });
  if (others.some((other) => other.databaseName === databaseName)) return;
  const record = await context.registry.getTenant(tenantId);
  if (record?.databaseName !== databaseName) await deleteDatabase(context, databaseName);
}
