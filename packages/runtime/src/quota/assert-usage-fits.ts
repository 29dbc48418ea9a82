import type { DataPlane, ISecretSealer, ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantQuota, TenantQuotaName } from '@objectstack/spec/system';
import { openConnection } from '../router/open-connection.js';
import type { Clock } from '../shared/clock.js';
import { countBytes, countObjects, countRecords, readLedger } from './count-usage.js';

/** Does work that reads the database of a suspended tenant, which its server blocks. */
export type WhileReadable = <T>(record: TenantRecord, work: () => Promise<T>) => Promise<T>;

interface MeasureContext {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  /** Decrypts the tokens in the registry. Absent: there are none. */
  readonly sealer?: ISecretSealer | undefined;
  readonly clock: Clock;
  /** Absent: the usage of a tenant whose database a server blocks is not known. */
  readonly whileReadable?: WhileReadable | undefined;
}

/** A usage that is reset anyway need not be reduced by the tenant. */
const LASTING = ['maxUsers', 'maxObjects', 'maxRecordsPerObject', 'maxStorageBytes'] as const;
type LastingQuota = (typeof LASTING)[number];

const isLower = (next: number | undefined, current: number | undefined) =>
  next !== undefined && (current === undefined || next < current);

/** Usage in the tenant's database. Zero before the database exists. */
async function readUsage({ dataPlane, sealer }: MeasureContext, { tenant }: TenantRecord) {
  const usage = { maxObjects: 0, maxRecordsPerObject: 0, maxStorageBytes: 0 };
  if (!tenant.connectionConfig) return usage;
  const connection = await openConnection(tenant.connectionConfig, tenant.id, sealer);
  const driver = dataPlane.createDriver(connection, { ignoresBlocks: true });
  try {
    await driver.connect();
    usage.maxObjects = await countObjects(driver);
    usage.maxRecordsPerObject = Math.max(0, ...Object.values(await countRecords(driver)));
    usage.maxStorageBytes = await countBytes(driver);
    return usage;
  } finally {
    await driver.disconnect();
  }
}

/** The usage also while the tenant is suspended. If its database is blocked otherwise, rejects with `database_blocked`. */
async function usageInDatabase(context: MeasureContext, record: TenantRecord) {
  const measure = () => readUsage(context, record);
  try {
    return await measure();
  } catch (error) {
    const isSuspended = record.tenant.provisioningStatus === 'suspended';
    if (!isSuspended || !ObjectStackError.isInstance(error, 'database_blocked')) throw error;
    if (!context.whileReadable) throw error;
    return context.whileReadable(record, measure);
  }
}

async function usageOf(
  context: MeasureContext,
  record: TenantRecord,
  quotas: readonly LastingQuota[],
): Promise<Record<LastingQuota, number>> {
  const ledger = async (quota: TenantQuotaName) => {
    const { used, reserved } = await readLedger(context, record.tenant.id, quota);
    return used + reserved;
  };
  const needsDatabase = quotas.some((quota) => quota !== 'maxUsers');
  const stored = needsDatabase
    ? await usageInDatabase(context, record)
    : { maxObjects: 0, maxRecordsPerObject: 0, maxStorageBytes: 0 };
  return {
    ...stored,
    maxUsers: await ledger('maxUsers'),
    maxObjects: stored.maxObjects + (await ledger('maxObjects')),
  };
}

/**
 * Throws `quota_exceeded` with every quota that would become lower than the current usage. Quotas per day and per minute are
 * not compared: their usage ends by itself, and lowering them is how a tenant is slowed down.
 */
export async function assertUsageFits(
  context: MeasureContext,
  record: TenantRecord,
  next: TenantQuota,
): Promise<void> {
  const lowered = LASTING.filter((quota) => isLower(next[quota], record.tenant.quotas[quota]));
  if (lowered.length === 0) return;
  const usage = await usageOf(context, record, lowered);
  const exceeded = lowered.flatMap((quota) => {
    const maximum = next[quota] ?? 0;
    return usage[quota] > maximum ? [{ quota, maximum, usage: usage[quota] }] : [];
  });
  if (exceeded.length === 0) return;
  const texts = exceeded.map(
    ({ quota, maximum, usage: used }) => `${quota} (${used} used, ${maximum} allowed)`,
  );
  throw new ObjectStackError({
    code: 'quota_exceeded',
    message: `The current usage exceeds the new quotas: ${texts.join(', ')}. Reduce the usage first.`,
    details: { quotas: exceeded },
  });
}
