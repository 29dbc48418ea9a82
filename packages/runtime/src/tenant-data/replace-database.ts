import type { CallOptions, TenantCopy, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError, type TenantRegion, throwIfAborted } from '@objectstack/spec/shared';
import type { DatabaseReplacement, TenantConnectionConfig } from '@objectstack/spec/system';
import { reconcileTenant } from '../deploy/reconcile-deployments.js';
import { accessDeadline, accessIn, BLOCKED, setAccess, settleAccess } from '../provisioning/settle-access.js';
import { createTenantId } from '../shared/create-tenant-id.js';
import { originOf } from '../shared/origin-of.js';
import { toBackup } from './backup-tenant.js';
import { withDriver } from './copied-database.js';
import { expiryOf, instantNow, type TenantDataContext } from './tenant-data-context.js';
import { IN_SERVICE, tenantInService } from './tenant-in-service.js';

/*
 * The order of a replacement: the deadline of the tenant is set, so that a sweep opens its database again if this process
 * ends; writes to the database are blocked; and the registry switches to the new one, only if database and deadline are
 * still the same. A process that changes the access in between changes the deadline too, and the switch does not take place.
 */

const ATTEMPTS = 3;

export interface NewDatabase {
  readonly copy: TenantCopy;
  readonly connection: Pick<TenantConnectionConfig, 'url' | 'databaseName'>;
  readonly region?: TenantRegion;
  /** Latest deployment of a database that does not have those of the previous one; null if there is none. */
  readonly deploymentId?: string | null;
}

/** A tenant whose database accepts no writes until the deadline passes or its access is settled. */
export interface Fence {
  readonly record: TenantRecord;
  readonly deadlineAt: string;
}

/** Blocks writes to the database of the tenant. Null if its status changed meanwhile. */
export async function blockWrites(
  context: TenantDataContext,
  tenantId: string,
  options: CallOptions,
): Promise<Fence | null> {
  const found = await tenantInService(context.registry, tenantId);
  throwIfAborted(options.signal);
  const deadlineAt = accessDeadline(context);
  const by = originOf(context, options);
  const { record, changed } = await context.registry.updateTenant(tenantId, IN_SERVICE, { deadlineAt }, by);
  if (!changed || record.databaseName !== found.databaseName) return null;
  const { blockReads } = accessIn(context, record.tenant.provisioningStatus);
  await setAccess(context, record.databaseName, { blockReads, blockWrites: true });
  return { record, deadlineAt };
}

/** Permits writes again as the status of the tenant does. What fails is left to a sweep. */
export async function endFence(context: TenantDataContext, tenantId: string): Promise<void> {
  try {
    const record = await context.registry.getTenant(tenantId);
    if (record && record.destroyedAt === null) await settleAccess(context, record);
  } catch {
    // The deadline of the tenant passes, and a sweep settles its access.
  }
}

/** Makes the new database take effect in this process, and other processes notice it. */
async function settleReplaced(
  context: TenantDataContext,
  record: TenantRecord,
  previous: string,
): Promise<void> {
  const { id: tenantId, connectionConfig } = record.tenant;
  context.router.invalidateCache(tenantId);
  await setAccess(context, previous, BLOCKED).catch(() => undefined);
  await endFence(context, tenantId);
  if (!connectionConfig) return;
  const { url, databaseName } = connectionConfig;
  const reconcile = (driver: Parameters<typeof reconcileTenant>[1]['driver']) =>
    reconcileTenant(context, { tenantId, driver });
  await withDriver(context, { url, databaseName, tenantId }, reconcile).catch(() => undefined);
}

/** Switches a fenced tenant to the new database; null if the tenant changed meanwhile. */
export async function switchFenced(
  context: TenantDataContext,
  { record, deadlineAt }: Fence,
  { database, options }: { database: NewDatabase; options: CallOptions },
): Promise<DatabaseReplacement | null> {
  const { id: tenantId } = record.tenant;
  const { copy, connection, region, deploymentId } = database;
  const replaced: TenantCopy = {
    id: createTenantId(),
    tenantId,
    databaseName: record.databaseName,
    kind: 'replaced',
    status: 'ready',
    createdAt: instantNow(context),
    expiresAt: expiryOf(context, context.backupRetentionMs),
  };
  throwIfAborted(options.signal);
  const change = {
    copyId: copy.id,
    from: { databaseName: record.databaseName, deadlineAt },
    connection,
    deadlineAt: accessDeadline(context),
    replaced,
    ...(region !== undefined && { region }),
    ...(deploymentId !== undefined && { deploymentId }),
  };
  const by = originOf(context, options);
  const switched = await context.registry.switchDatabase(tenantId, change, by);
  if (!switched) return null;
  await settleReplaced(context, switched, record.databaseName);
  return { tenantId, databaseName: connection.databaseName, replaced: toBackup(replaced) };
}

export function keepsChanging(): ObjectStackError {
  return new ObjectStackError({
    code: 'database_busy',
    message: 'The status of the tenant changed each time its database was to be replaced. Repeat the call.',
    details: { attempts: ATTEMPTS },
  });
}

/**
 * Replaces the database of a tenant by one that does not depend on it. An error before the switch changes nothing; one
 * after it does not reach the caller, because a sweep completes what is missing.
 */
export async function replaceDatabase(
  context: TenantDataContext,
  tenantId: string,
  request: { database: NewDatabase; options: CallOptions },
): Promise<DatabaseReplacement> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      const fence = await blockWrites(context, tenantId, request.options);
      const replacement = fence && (await switchFenced(context, fence, request));
      if (replacement) return replacement;
    } catch (error) {
      await endFence(context, tenantId);
      throw error;
    }
  }
  await endFence(context, tenantId);
  throw keepsChanging();
}
