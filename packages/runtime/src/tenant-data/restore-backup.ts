import type { CallOptions } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import type { DatabaseReplacement } from '@objectstack/spec/system';
import { createTenantId } from '../shared/create-tenant-id.js';
import { originOf } from '../shared/origin-of.js';
import { findBackup } from './backup-tenant.js';
import { copiedDatabase, withDriver } from './copied-database.js';
import { replaceDatabase } from './replace-database.js';
import { whileStaging } from './staged-copy.js';
import type { TenantDataContext } from './tenant-data-context.js';
import { tenantInService } from './tenant-in-service.js';

/** See {@link ITenantDataService.restoreBackup}. */
export async function restoreBackup(
  context: TenantDataContext,
  { tenantId, backupId }: { tenantId: string; backupId: unknown },
  options: CallOptions,
): Promise<DatabaseReplacement> {
  await tenantInService(context.registry, tenantId);
  const backup = await findBackup(context, tenantId, backupId);
  throwIfAborted(options.signal);
  const by = originOf(context, options);
  const staged = { tenantId, kind: 'staging', databaseName: `r-${createTenantId()}`, by } as const;
  return whileStaging(context, staged, async (copy) => {
    const names = { name: copy.databaseName, source: backup.databaseName };
    const connection = await copiedDatabase(context, names, options);
    const { schemaDiff } = context.dataPlane;
    await withDriver(context, { ...connection, tenantId }, async (driver) => {
      await schemaDiff.introspect(driver);
      await schemaDiff.readHistory(driver);
    });
    return replaceDatabase(context, tenantId, { database: { copy, connection }, options });
  });
}
