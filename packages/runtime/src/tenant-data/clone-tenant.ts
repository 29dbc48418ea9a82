import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import { TenantCloneRequestSchema, type TenantCopyResult } from '@objectstack/spec/system';
import { assertStorable } from '../provisioning/assert-storable.js';
import { copyDeployments } from '../shared/copy-deployments.js';
import { createTenantId, databaseNameOf } from '../shared/create-tenant-id.js';
import { findTenantOrDestroyed } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { parseInput } from '../shared/parse-input.js';
import { findBackup } from './backup-tenant.js';
import { copiedDatabase, withDriver } from './copied-database.js';
import { addTenant, assertDataFits, earlierTenant, type NewTenant } from './new-tenant.js';
import { whileStaging } from './staged-copy.js';
import type { TenantDataContext } from './tenant-data-context.js';
import { tenantInService } from './tenant-in-service.js';

/** What is copied: the database of the tenant, or of one of its backups. */
async function sourceOf(
  context: TenantDataContext,
  { tenant, databaseName }: TenantRecord,
  backupId: string | undefined,
): Promise<string> {
  if (backupId !== undefined) return (await findBackup(context, tenant.id, backupId)).databaseName;
  await tenantInService(context.registry, tenant.id);
  return databaseName;
}

async function prepareClone(
  context: TenantDataContext,
  asked: NewTenant,
  { original, source }: { original: string; source: string },
  options: CallOptions,
): Promise<TenantCopyResult> {
  const tenantId = createTenantId();
  const by = originOf(context, options);
  const staged = { tenantId, kind: 'staging', databaseName: databaseNameOf(tenantId), by } as const;
  return whileStaging(context, staged, async (copy) => {
    const { dataPlane } = context;
    const connection = await copiedDatabase(context, { name: copy.databaseName, source }, options);
    await dataPlane.claimDatabase(connection, tenantId, { copyOf: original });
    const ids = await withDriver(context, { ...connection, tenantId }, async (driver) => {
      await assertDataFits(driver, context.planQuotas[asked.request.plan]);
      return new Set((await dataPlane.schemaDiff.readHistory(driver)).map(({ id }) => id));
    });
    throwIfAborted(options.signal);
    await copyDeployments(context, { from: original, to: tenantId, ids }, by);
    return addTenant(context, asked, { copyId: copy.id, tenantId, connection }, options);
  });
}

/** See {@link ITenantDataService.cloneTenant}. */
export async function cloneTenant(
  context: TenantDataContext,
  { tenantId, request: input }: { tenantId: string; request: unknown },
  options: CallOptions,
): Promise<TenantCopyResult> {
  const { backupId, ...given } = parseInput(TenantCloneRequestSchema, input, 'request');
  assertStorable(given);
  const found = await findTenantOrDestroyed(context.registry, tenantId);
  const { id: original, organizationId, plan, region } = found.tenant;
  const request = { ...given, orgId: given.orgId ?? organizationId, plan: given.plan ?? plan, region };
  const asked: NewTenant = {
    request,
    requestedRegion: found.requestedRegion,
    source: JSON.stringify(['clone', original, backupId ?? null]),
  };
  const earlier = await earlierTenant(context, asked);
  if (earlier) return earlier;
  const source = await sourceOf(context, found, backupId);
  throwIfAborted(options.signal);
  return prepareClone(context, asked, { original, source }, options);
}
