import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { originOf } from '../shared/origin-of.js';
import { instantIn, instantNow, type ProvisioningContext } from './provisioning-context.js';
import { blockDestroyed } from './settle-access.js';

/**
 * Whether the database has the marker of another tenant. That of the template shows a copy that was not claimed yet; a
 * marker that can never be read proves nothing.
 */
async function hasOtherMarker(
  { dataPlane }: ProvisioningContext,
  { databaseName, tenant, templateDatabase }: TenantRecord,
): Promise<boolean> {
  const database = await dataPlane.platform.getDatabase(databaseName);
  if (!database) return false;
  try {
    const marker = await dataPlane.readTenantMarker({ url: database.url, databaseName });
    return marker !== null && marker.tenantId !== tenant.id && marker.tenantId !== templateDatabase;
  } catch (error) {
    if (ObjectStackError.isInstance(error) && !error.retryable) return false;
    throw error;
  }
}

/** A database whose claim was not completed may belong to another tenant. */
async function ownsDatabase(context: ProvisioningContext, record: TenantRecord): Promise<boolean> {
  const steps = await context.registry.listSteps(record.tenant.id);
  const claim = steps.find(({ name }) => name === 'claim_database');
  if (claim?.status === 'completed') return true;
  return claim?.errorCode !== 'database_collision' && !(await hasOtherMarker(context, record));
}

/** Name of the database that is the final backup of a tenant's. */
export const backupNameOf = (tenantId: string) => `backup-${tenantId}`;

/** Recorded before it is made, so that a sweep deletes it when its retention ends. */
async function recordBackup(context: ProvisioningContext, { tenant }: TenantRecord): Promise<void> {
  const { backupRetentionMs } = context;
  const name = backupNameOf(tenant.id);
  const copy = {
    id: name,
    tenantId: tenant.id,
    databaseName: name,
    kind: 'final',
    status: 'ready',
    createdAt: instantNow(context),
    expiresAt: backupRetentionMs === null ? null : instantIn(context, backupRetentionMs),
  } as const;
  try {
    await context.registry.addTenantCopy(copy, originOf(context));
  } catch (error) {
    if (!ObjectStackError.isInstance(error, 'unique_violation')) throw error;
  }
}

/** A copy on the same platform. One that exists already is complete, because a copy is created as a whole. */
async function createBackup(context: ProvisioningContext, record: TenantRecord): Promise<void> {
  const { platform } = context.dataPlane;
  const seed = { type: 'database', name: record.databaseName } as const;
  await recordBackup(context, record);
  try {
    await platform.createDatabase({ name: backupNameOf(record.tenant.id), seed });
  } catch (error) {
    const isHarmless = ['database_exists', 'database_not_found'] as const;
    if (!isHarmless.some((code) => ObjectStackError.isInstance(error, code))) throw error;
  }
}

/**
 * Blocks access to the database of a tenant in destruction, and returns whether it is the tenant's; its data is retained.
 * Idempotent.
 */
export async function takeOutOfService(context: ProvisioningContext, record: TenantRecord): Promise<boolean> {
  if (!(await ownsDatabase(context, record))) return false;
  await blockDestroyed(context, record);
  return true;
}

/** Permanently deletes the database of a destroyed tenant, after the configured final backup. Idempotent. */
export async function deletePermanently(context: ProvisioningContext, record: TenantRecord): Promise<void> {
  const { platform } = context.dataPlane;
  if (!(await ownsDatabase(context, record))) return;
  const wasClaimed = record.tenant.provisionedAt !== undefined;
  if (wasClaimed && context.lifecycle.onTenantDelete.createBackup) await createBackup(context, record);
  await platform.deleteDatabase(record.databaseName);
  await platform.purgeDatabase(record.databaseName);
}
