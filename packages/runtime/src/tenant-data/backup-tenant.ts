import type { CallOptions, TenantCopy } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError, PageRequestSchema, throwIfAborted } from '@objectstack/spec/shared';
import { BackupRequestSchema, type TenantBackup, type TenantBackupPage } from '@objectstack/spec/system';
import { createTenantId } from '../shared/create-tenant-id.js';
import { decodeCursor, isAfter } from '../shared/encode-cursor.js';
import { findTenantOrDestroyed } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { pageOf } from '../shared/page-of.js';
import { parseInput } from '../shared/parse-input.js';
import { copiedDatabase, withDriver } from './copied-database.js';
import { deleteCopy } from './delete-copy.js';
import { whileStaging } from './staged-copy.js';
import { expiryOf, type TenantDataContext } from './tenant-data-context.js';
import { tenantInService } from './tenant-in-service.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

const isBackup = ({ kind, status }: TenantCopy) =>
  status === 'ready' && kind !== 'staging' && kind !== 'export';

export function toBackup({ id, tenantId, kind, createdAt, expiresAt }: TenantCopy): TenantBackup {
  return { id, tenantId, kind: kind as TenantBackup['kind'], createdAt, expiresAt };
}

/** Finds a complete backup of the tenant by an unvalidated id. */
export async function findBackup(
  { registry }: Pick<TenantDataContext, 'registry'>,
  tenantId: string,
  backupId: unknown,
): Promise<TenantCopy> {
  const isId = typeof backupId === 'string' && backupId !== '' && isStorableText(backupId);
  const copy = isId ? await registry.getTenantCopy(backupId) : null;
  if (copy?.tenantId === tenantId && isBackup(copy)) return copy;
  throw new ObjectStackError({
    code: 'backup_not_found',
    message: 'The tenant has no backup with this id. Call tenantData.listBackups for its backups.',
  });
}

/** Rejects with `backup_not_found` if an error is due to the deletion of the backup meanwhile, otherwise with the error. */
export async function orDeletedBackup(
  context: Pick<TenantDataContext, 'registry'>,
  { tenantId, backupId }: { readonly tenantId: string; readonly backupId: string | undefined },
  error: unknown,
): Promise<never> {
  if (backupId !== undefined && ObjectStackError.isInstance(error, 'database_not_found'))
    await findBackup(context, tenantId, backupId);
  throw error;
}

function retentionOf({ backupRetentionMs }: TenantDataContext, days: number | null | undefined) {
  if (days === undefined) return backupRetentionMs;
  return days === null ? null : days * DAY_MS;
}

function changedMeanwhile(): ObjectStackError {
  return new ObjectStackError({
    code: 'database_busy',
    message: 'A sweep deleted the copy while it was being made. Repeat the call.',
  });
}

/** See {@link ITenantDataService.backupTenant}. The copy is read once, so a backup that cannot be read is not kept. */
export async function backupTenant(
  context: TenantDataContext,
  { tenantId, request: input }: { tenantId: string; request: unknown },
  options: CallOptions,
): Promise<TenantBackup> {
  const { retentionDays } = parseInput(BackupRequestSchema, input, 'request');
  const { databaseName: source } = await tenantInService(context.registry, tenantId);
  throwIfAborted(options.signal);
  const by = originOf(context, options);
  const staged = { tenantId, kind: 'requested', databaseName: `b-${createTenantId()}`, by } as const;
  return whileStaging(context, staged, async (copy) => {
    const { connection } = await copiedDatabase(context, { name: copy.databaseName, source }, options);
    await withDriver(context, { ...connection, tenantId }, async () => undefined);
    throwIfAborted(options.signal);
    const expiresAt = expiryOf(context, retentionOf(context, retentionDays));
    const change = { status: 'ready', expiresAt } as const;
    if (!(await context.registry.changeTenantCopy(copy.id, 'creating', change, by))) throw changedMeanwhile();
    return toBackup({ ...copy, ...change });
  });
}

/** See {@link ITenantDataService.listBackups}. */
export async function listBackups(
  { registry }: TenantDataContext,
  id: string,
  page: unknown = {},
): Promise<TenantBackupPage> {
  const { limit, cursor } = parseInput(PageRequestSchema, page, 'page');
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const { tenant } = await findTenantOrDestroyed(registry, id);
  const positionOf = (copy: TenantCopy) => ({ at: copy.createdAt, id: copy.id });
  const copies = await registry.listTenantCopies({ tenantId: tenant.id });
  const found = copies.filter((copy) => isBackup(copy) && (!after || isAfter(positionOf(copy), after)));
  const { items, nextCursor } = pageOf(found, limit, positionOf);
  return { items: items.map(toBackup), nextCursor };
}

/** See {@link ITenantDataService.deleteBackup}. */
export async function deleteBackup(
  context: TenantDataContext,
  { tenantId: id, backupId }: { tenantId: string; backupId: unknown },
  options: CallOptions,
): Promise<void> {
  const { tenant } = await findTenantOrDestroyed(context.registry, id);
  const copy = await findBackup(context, tenant.id, backupId);
  throwIfAborted(options.signal);
  await deleteCopy(context, copy, { by: originOf(context, options) });
}
