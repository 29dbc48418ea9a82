import { randomUUID } from 'node:crypto';
import type { IDataDriver, StoredDeployment } from '@objectstack/spec/contracts';
import type { DeploymentEntry, DeploymentRecord } from '@objectstack/spec/system';
import { compareDeployments } from '../shared/compare-deployments.js';
import { isAfter } from '../shared/encode-cursor.js';
import { originOf } from '../shared/origin-of.js';
import type { DeployContext } from './deploy-context.js';
import { recordFromHistory } from './record-from-history.js';
import { reportedDeployment } from './reported-deployment.js';
import { settledRecord } from './settled-record.js';

interface OpenTenant {
  readonly tenantId: string;
  readonly driver: IDataDriver;
}

interface Reconciled {
  readonly history: DeploymentEntry[];
  /** Reported records, latest first. */
  readonly records: DeploymentRecord[];
}

/** Writes a settled record, unless another process has written to it meanwhile, which then takes precedence. */
export async function settleDeployment(
  context: Pick<DeployContext, 'registry' | 'clock' | 'by'>,
  { revision, ...settled }: StoredDeployment,
): Promise<{ record: DeploymentRecord; changed: boolean }> {
  const next = { ...settled, updatedAt: context.clock.now().toISOString() };
  const by = originOf(context, context.by);
  const { record, changed } = await context.registry.saveDeployment(next, { revision }, by);
  return { record: record ? withoutRevision(record) : next, changed };
}

function withoutRevision({ revision: _, ...record }: StoredDeployment): DeploymentRecord {
  return record;
}

/** A record that another process has written since the history was read is reported unchanged. */
async function reconcileRecord(
  context: DeployContext,
  found: StoredDeployment,
  { driver, entry }: { driver: IDataDriver; entry: DeploymentEntry | undefined },
): Promise<DeploymentRecord> {
  const settled = await settledRecord(context, { record: found, entry, driver });
  if (!settled) return reportedDeployment(withoutRevision(found), entry);
  const { record, changed } = await settleDeployment(context, settled);
  return changed ? reportedDeployment(record, entry) : record;
}

/** Adds the record of a deployment that the registry does not know, unless it was added meanwhile. */
async function addRecord(
  context: DeployContext,
  { tenantId, driver }: OpenTenant,
  { entry, isLatest }: { entry: DeploymentEntry; isLatest: boolean },
): Promise<DeploymentRecord[]> {
  const { registry } = context;
  const known = await registry.getDeployment(tenantId, entry.id);
  if (known) return [withoutRevision(known)];
  const made = await recordFromHistory(context, { tenantId, driver, entry, isLatest });
  if (!made) return [];
  const guard = { take: randomUUID(), revision: null };
  const { record } = await registry.saveDeployment(made, guard, originOf(context, context.by));
  return [record ? withoutRevision(record) : made];
}

const positionOf = ({ startedAt: at, id }: DeploymentRecord) => ({ at, id });

/** The order of the registry. */
const latestFirst = (one: DeploymentRecord, other: DeploymentRecord) =>
  isAfter(positionOf(one), positionOf(other)) ? 1 : -1;

/**
 * Deployments of a tenant, latest first, after reconciling the registry's records with the history in the tenant's
 * database, which is authoritative: a process that died could not write its record, and the registry or the tenant may
 * have been restored from a backup. The records are read before the history, because a deployment is recorded before it
 * takes effect.
 */
export async function reconcileTenant(context: DeployContext, tenant: OpenTenant): Promise<Reconciled> {
  const { tenantId, driver } = tenant;
  const stored = await context.registry.listDeployments(tenantId);
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  const entries = new Map(history.map((entry) => [entry.id, entry]));
  const records: DeploymentRecord[] = [];
  for (const found of stored)
    records.push(await reconcileRecord(context, found, { driver, entry: entries.get(found.id) }));
  const { unknown } = compareDeployments(stored, history);
  if (unknown.length === 0) return { history, records };
  for (const entry of unknown)
    records.push(...(await addRecord(context, tenant, { entry, isLatest: entry === history.at(-1) })));
  return { history, records: records.sort(latestFirst) };
}

/** Reconciles the deployments of a tenant that is not open yet. */
export async function reconcileDeployments(
  context: DeployContext,
  tenantId: string,
): Promise<DeploymentRecord[]> {
  const driver = await context.router.getTenantClient(tenantId);
  return (await reconcileTenant(context, { tenantId, driver })).records;
}
