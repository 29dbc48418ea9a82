import type {
  DataPlane,
  IDataDriver,
  ITenantRegistry,
  ITenantRouter,
  QuotaLedgerState,
  TenantRecord,
} from '@objectstack/spec/contracts';
import { SYSTEM_OBJECTS, type TenantQuotaName, type TenantUsage } from '@objectstack/spec/system';
import type { Clock } from '../shared/clock.js';
import type { ApiRequestLimiter } from './api-request-limiter.js';
import { periodOf } from './period-of.js';

/** Sources from which usage is counted. */
export interface QuotaContext {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  readonly router: Pick<ITenantRouter, 'getTenantClient'>;
  readonly clock: Clock;
  /** The limiter of the router. Absent: requests are not counted. */
  readonly requests?: ApiRequestLimiter | undefined;
}

type Counting = Pick<QuotaContext, 'registry' | 'clock'>;

const USED_BYTES =
  'SELECT (pages.page_count - free.freelist_count) * size.page_size AS bytes FROM temp.pragma_page_count() AS pages, ' +
  'temp.pragma_freelist_count() AS free, temp.pragma_page_size() AS size';

export function countObjects(driver: IDataDriver): Promise<number> {
  return driver.count(SYSTEM_OBJECTS.object.name, {}, { system: true });
}

/** Number of records of each deployed object. */
export async function countRecords(driver: IDataDriver): Promise<Record<string, number>> {
  const objects = await driver.find(SYSTEM_OBJECTS.object.name, { fields: ['id'] }, { system: true });
  const counts: [string, number][] = [];
  for (const { id } of objects) counts.push([id, await driver.count(id)]);
  return Object.fromEntries(counts);
}

/** Size of the database without free pages, which are filled before the file grows. */
export async function countBytes(driver: IDataDriver): Promise<number> {
  const { rows } = await driver.execute(USED_BYTES);
  return Number(rows[0]?.bytes);
}

/** Usage that is counted or reserved in the registry. */
export function readLedger(
  { registry, clock }: Counting,
  tenantId: string,
  quota: TenantQuotaName,
): Promise<QuotaLedgerState> {
  const now = clock.now();
  const { period } = periodOf(quota, now);
  return registry.readQuota({ tenantId, quota, period, now: now.toISOString() });
}

/** Current usage of every quota, with the records of each deployed object. */
export async function countUsage(
  context: QuotaContext,
  { tenant }: TenantRecord,
  driver: IDataDriver,
): Promise<TenantUsage> {
  const recordsPerObject = await countRecords(driver);
  const requests = await context.requests?.usage(tenant);
  return {
    users: (await readLedger(context, tenant.id, 'maxUsers')).used,
    objects: Object.keys(recordsPerObject).length,
    recordsPerObject,
    deploymentsToday: (await readLedger(context, tenant.id, 'maxDeploymentsPerDay')).used,
    storageBytes: await countBytes(driver),
    ...(requests && { apiRequestsThisMinute: requests.usage }),
    measuredAt: context.clock.now().toISOString(),
  };
}
