import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import { type DatabaseReplacement, type RestoreSource, RestoreSourceSchema } from '@objectstack/spec/system';
import { createTenantId } from '../shared/create-tenant-id.js';
import { originOf } from '../shared/origin-of.js';
import { parseInput } from '../shared/parse-input.js';
import { findBackup, orDeletedBackup } from './backup-tenant.js';
import { type CopiedState, copiedDatabase } from './copied-database.js';
import { databaseAt } from './database-at.js';
import { replaceDatabase } from './replace-database.js';
import { whileStaging } from './staged-copy.js';
import type { TenantDataContext } from './tenant-data-context.js';
import { tenantInService } from './tenant-in-service.js';
import { verifyRestored } from './verify-restored.js';

/** The database that contains what is restored. */
async function stateOf(
  context: TenantDataContext,
  record: TenantRecord,
  { backupId, at }: RestoreSource,
): Promise<CopiedState> {
  if (at !== undefined) return { source: await databaseAt(context, record, at), timestamp: at };
  return { source: (await findBackup(context, record.tenant.id, backupId)).databaseName };
}

/** See {@link ITenantDataService.restoreTenant}. */
export async function restoreTenant(
  context: TenantDataContext,
  { tenantId, source }: { tenantId: string; source: unknown },
  options: CallOptions,
): Promise<DatabaseReplacement> {
  const parsed = parseInput(RestoreSourceSchema, source, 'source');
  const state = await stateOf(context, await tenantInService(context.registry, tenantId), parsed);
  throwIfAborted(options.signal);
  const by = originOf(context, options);
  const staged = { tenantId, kind: 'staging', databaseName: `r-${createTenantId()}`, by } as const;
  return whileStaging(context, staged, async (copy) => {
    const { databaseName: name } = copy;
    const restored = await copiedDatabase(context, { name, ...state }, options).catch((error) =>
      orDeletedBackup(context, { tenantId, backupId: parsed.backupId }, error),
    );
    const deploymentId = await verifyRestored(context, { ...restored.connection, tenantId }, state.timestamp);
    return replaceDatabase(context, tenantId, { database: { copy, ...restored, deploymentId }, options });
  });
}
