import type { CallOptions, IDataDriver, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError, type TenantRegion } from '@objectstack/spec/shared';
import type {
  SealedConnectionConfig,
  TenantCopyResult,
  TenantImportRequest,
  TenantQuota,
} from '@objectstack/spec/system';
import { requestFingerprint } from '../provisioning/request-fingerprint.js';
import { countBytes, countObjects, countRecords } from '../quota/count-usage.js';
import { tenantNotFound } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { instantNow, type TenantDataContext } from './tenant-data-context.js';

/** A tenant whose database is a copy or an import, as it was requested. */
export interface NewTenant {
  readonly request: TenantImportRequest;
  /** Region in which the database is created; null if it was chosen otherwise. */
  readonly requestedRegion: TenantRegion | null;
  /** Identifies what the tenant is made from, and makes the request differ from one for an empty tenant. */
  readonly source: string;
}

const fingerprintOf = ({ request, source }: NewTenant): string =>
  requestFingerprint({ ...request, isolationLevel: 'isolated_db', ...{ source } });

/** The tenant of an earlier request with the same key; null if there is none. */
export async function earlierTenant(
  { registry }: Pick<TenantDataContext, 'registry'>,
  asked: NewTenant,
): Promise<TenantCopyResult | null> {
  const { orgId, requestKey } = asked.request;
  const found = requestKey === undefined ? null : await registry.findByRequestKey(orgId, requestKey);
  if (!found) return null;
  if (found.requestFingerprint !== fingerprintOf(asked)) {
    throw new ObjectStackError({
      code: 'idempotency_conflict',
      message:
        'The request key was used before with a different request. Use a new key, or repeat the first request unchanged.',
      details: { tenantId: found.tenant.id },
    });
  }
  if (found.destroyedAt !== null) throw tenantNotFound();
  return { tenantId: found.tenant.id, created: false };
}

function toRecord(
  context: TenantDataContext,
  asked: NewTenant,
  { tenantId, connection }: { tenantId: string; connection: SealedConnectionConfig },
): TenantRecord {
  const { orgId, plan, region, displayName, adminEmail, metadata, requestKey } = asked.request;
  const at = instantNow(context);
  return {
    tenant: {
      id: tenantId,
      organizationId: orgId,
      name: displayName,
      adminEmail,
      metadata,
      isolationLevel: 'isolated_db',
      databaseProvider: context.dataPlane.databaseProvider,
      connectionConfig: connection,
      provisioningStatus: 'active',
      plan,
      region: context.dataPlane.region ?? region,
      quotas: context.planQuotas[plan],
      createdAt: at,
      provisionedAt: at,
    },
    requestKey: requestKey ?? null,
    requestFingerprint: fingerprintOf(asked),
    databaseName: connection.databaseName,
    requestedRegion: asked.requestedRegion,
    templateDatabase: null,
    deadlineAt: null,
    destroyedAt: null,
  };
}

/** Adds the tenant of a complete database in one write. */
export async function addTenant(
  context: TenantDataContext,
  asked: NewTenant,
  { copyId, ...database }: { copyId: string; tenantId: string; connection: SealedConnectionConfig },
  options: CallOptions,
): Promise<TenantCopyResult> {
  const record = toRecord(context, asked, database);
  const by = originOf(context, options);
  const added = await context.registry.createTenantFromCopy(copyId, record, by);
  if (added?.created) {
    context.router.invalidateCache(database.tenantId);
    return { tenantId: database.tenantId, created: true };
  }
  const earlier = added && (await earlierTenant(context, asked));
  if (earlier) return earlier;
  throw new ObjectStackError({
    code: 'database_busy',
    message: 'A sweep deleted the database while it was being prepared. Repeat the call.',
  });
}

/** Throws `quota_exceeded` with every quota that the data of the new tenant exceeds. */
export async function assertDataFits(driver: IDataDriver, quotas: TenantQuota): Promise<void> {
  const usage = {
    maxObjects: await countObjects(driver),
    maxRecordsPerObject: Math.max(0, ...Object.values(await countRecords(driver))),
    maxStorageBytes: await countBytes(driver),
  };
  const names = ['maxObjects', 'maxRecordsPerObject', 'maxStorageBytes'] as const;
  const exceeded = names.flatMap((quota) => {
    const maximum = quotas[quota];
    return maximum !== undefined && usage[quota] > maximum ? [{ quota, maximum, usage: usage[quota] }] : [];
  });
  if (exceeded.length === 0) return;
  const texts = exceeded.map(
    ({ quota, maximum, usage: used }) => `${quota} (${used} used, ${maximum} allowed)`,
  );
  throw new ObjectStackError({
    code: 'quota_exceeded',
    message: `The data exceeds the quotas of the new tenant: ${texts.join(', ')}. Choose a larger plan.`,
    details: { quotas: exceeded },
  });
}
