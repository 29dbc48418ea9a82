import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type {
  DeploymentEntry,
  DeploymentRecord,
  Drift,
  TenantConnectionConfig,
} from '@objectstack/spec/system';
import { withDriver } from './copied-database.js';
import type { TenantDataContext } from './tenant-data-context.js';

const MOST_DIFFERENCES = 20;

async function assertIntact(driver: IDataDriver): Promise<void> {
  const { rows } = await driver.execute('PRAGMA quick_check(1)');
  if (Object.values(rows[0] ?? {})[0] === 'ok') return;
  throw new ObjectStackError({
    code: 'database_invalid',
    message:
      'The restored database is corrupt. The tenant is unchanged. Restore it to another time, or a backup.',
    details: { reason: 'integrity_check' },
  });
}

/** Whether a table or a column of deployed metadata is missing or differs. Unmanaged objects do no harm. */
const isUnusable = ({ code, kind }: Drift) => code === 'DR702' && (kind === 'table' || kind === 'column');

function assertAsDeployed(drift: readonly Drift[]): void {
  const differences = drift.filter(isUnusable).slice(0, MOST_DIFFERENCES);
  if (differences.length === 0) return;
  throw new ObjectStackError({
    code: 'schema_mismatch',
    message:
      'The tables of the restored database differ from those that its history says are deployed. The tenant is unchanged. Restore it to another time.',
    details: { drift: differences },
  });
}

/**
 * A platform that ignores the timestamp would restore the latest state. The history says when the deployment was applied; the
 * registry alone does not, because a bundle that is deployed once more after a restore gets the same record.
 */
function assertNotLater(
  { appliedAt }: Pick<DeploymentEntry, 'appliedAt'>,
  record: Pick<DeploymentRecord, 'startedAt'> | null,
  limit: number,
): void {
  if (!record || [record.startedAt, appliedAt].some((at) => Date.parse(at) <= limit)) return;
  throw new ObjectStackError({
    code: 'platform_refused',
    message:
      'The data plane restored a later state than that of the timestamp: it contains a later deployment. The tenant is unchanged.',
    details: { reason: 'later_state' },
  });
}

/**
 * Verifies a restored database before it becomes that of the tenant: it has the marker of the tenant, and its metadata and
 * its history can be read. The state of a timestamp was put together by the platform, and must also be intact, have the
 * tables that its history says, and be no later than the timestamp; clocks may differ by the gap of the platform. Returns
 * the id of its latest deployment, or null if it has none.
 */
export async function verifyRestored(
  { dataPlane, registry }: Pick<TenantDataContext, 'dataPlane' | 'registry'>,
  connection: TenantConnectionConfig & { readonly tenantId: string },
  timestamp: string | undefined,
): Promise<string | null> {
  const { schemaDiff, platform } = dataPlane;
  return withDriver({ dataPlane }, connection, async (driver) => {
    const schema = await schemaDiff.introspect(driver);
    const history = await schemaDiff.readHistory(driver);
    const deployed = history.findLast(({ bundleChecksum }) => bundleChecksum !== undefined)?.id ?? null;
    if (timestamp === undefined) return deployed;
    await assertIntact(driver);
    assertAsDeployed(schemaDiff.findDrift(schema));
    const latest = history.at(-1);
    if (!latest) return null;
    const record = await registry.getDeployment(connection.tenantId, latest.id);
    assertNotLater(latest, record, Date.parse(timestamp) + (platform.supports.pointInTimeGapMs ?? 0));
    return deployed;
  });
}
