import type { TenantMarker, TenantRecord } from '@objectstack/spec/contracts';
import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { compareText } from '../shared/compare-text.js';
import { isTemplateName } from '../template/create-template-name.js';
import { backupNameOf } from './delete-permanently.js';
import { inspectDeployments } from './inspect-deployments.js';
import type { ProvisioningContext } from './provisioning-context.js';

/** Discrepancy between the registry and the databases. */
export interface TenantFinding {
  /**
   * - `database_missing`: an active or suspended tenant has no database; restore it, or destroy the tenant.
   *
   * - `tenant_unknown`: a database with a marker is not in the registry; adopt it.
   *
   * - `template_unknown`: a template that is not in the registry, or a copy of one that was never claimed; delete it.
   *
   * - `marker_missing`: a database was never claimed, and no provisioning of its tenant is in progress.
   *
   * - `marker_mismatch`: the marker of a database names another tenant than the registry.
   *
   * - `database_leftover`: a destroyed tenant still has a database.
   *
   * - `database_unreadable`: a database cannot be opened, or that of an active tenant not written; `errorCode` is the reason.
   *
   * - `deployment_missing`: the tenant's history lacks deployments that took effect: the database was restored from an
   * older backup. Deploy again, or restore a newer backup.
   *
   * - `deployment_unknown`: the tenant's history contains deployments that the registry lacks: the registry was
   * restored from an older backup, or the tenant was adopted. `deployments.list` adds them.
   */
  readonly kind:
    | 'database_missing'
    | 'tenant_unknown'
    | 'template_unknown'
    | 'marker_missing'
    | 'marker_mismatch'
    | 'database_leftover'
    | 'database_unreadable'
    | 'deployment_missing'
    | 'deployment_unknown';
  readonly databaseName: string;
  /** Tenant that the registry assigns to the database. */
  readonly tenantId?: string;
  /** Tenant that the marker of the database names. */
  readonly markerTenantId?: string;
  readonly errorCode?: ErrorCode;
  readonly deploymentIds?: readonly string[];
}

type Marker = { marker: TenantMarker | null } | { errorCode: ErrorCode };

const codeOf = (error: unknown): ErrorCode => (ObjectStackError.isInstance(error) ? error.code : 'internal');

async function readMarker({ dataPlane }: ProvisioningContext, databaseName: string, url: string) {
  try {
    return { marker: await dataPlane.readTenantMarker({ url, databaseName }) };
  } catch (error) {
    return { errorCode: codeOf(error) };
  }
}

const isDestroyed = ({ tenant }: TenantRecord) => tenant.provisioningStatus === 'destroying';

function isInService({ tenant, destroyedAt }: TenantRecord): boolean {
  return (
    destroyedAt === null &&
    (tenant.provisioningStatus === 'active' || tenant.provisioningStatus === 'suspended')
  );
}

/** Access to the database of a suspended tenant is blocked, and to that of a destroyed one until its data is deleted. */
function isBlockedByStatus(record: TenantRecord | undefined, read: Marker): boolean {
  const status = record?.tenant.provisioningStatus;
  const isBlocked = (status === 'destroying' || status === 'suspended') && record?.destroyedAt === null;
  return isBlocked && 'errorCode' in read && read.errorCode === 'database_blocked';
}

function checkMarker(
  databaseName: string,
  record: TenantRecord | undefined,
  read: Marker,
): TenantFinding | null {
  const base = { databaseName, ...(record && { tenantId: record.tenant.id }) };
  if (isBlockedByStatus(record, read)) return null;
  if ('errorCode' in read) return { ...base, kind: 'database_unreadable', errorCode: read.errorCode };
  const { marker } = read;
  if (!marker) {
    const isUnderWay = record && !record.destroyedAt && !isInService(record);
    return isUnderWay ? null : { ...base, kind: 'marker_missing' };
  }
  const isUnclaimed = marker.tenantId === record?.templateDatabase;
  if (record && isUnclaimed && !record.destroyedAt && !isInService(record)) return null;
  const found = { ...base, markerTenantId: marker.tenantId };
  if (!record)
    return { ...found, kind: isTemplateName(marker.tenantId) ? 'template_unknown' : 'tenant_unknown' };
  if (record.destroyedAt !== null) return { ...found, kind: 'database_leftover' };
  return marker.tenantId === record.tenant.id ? null : { ...found, kind: 'marker_mismatch' };
}

/** Findings about one database, and about its deployments if its tenant is active or suspended. */
async function inspectDatabase(
  context: ProvisioningContext,
  { name, url, blockWrites }: Pick<TursoDatabaseInfo, 'name' | 'url' | 'blockWrites'>,
  record: TenantRecord | undefined,
): Promise<TenantFinding[]> {
  const finding = checkMarker(name, record, await readMarker(context, name, url));
  if (finding) return [finding];
  if (!record || !isInService(record)) return [];
  const base = { databaseName: name, tenantId: record.tenant.id };
  // Reads may be permitted, so the marker does not show it. A deadline: a sweep settles the access.
  const isSettled = record.tenant.provisioningStatus === 'active' && record.deadlineAt === null;
  if (isSettled && blockWrites)
    return [{ ...base, kind: 'database_unreadable', errorCode: 'database_blocked' }];
  try {
    const { missing, unknown } = await inspectDeployments(context, { ...base, url });
    return [
      ...(missing.length > 0
        ? [{ ...base, kind: 'deployment_missing' as const, deploymentIds: missing }]
        : []),
      ...(unknown.length > 0
        ? [{ ...base, kind: 'deployment_unknown' as const, deploymentIds: unknown }]
        : []),
    ];
  } catch (error) {
    const failed = { errorCode: codeOf(error) };
    return isBlockedByStatus(record, failed) ? [] : [{ ...base, kind: 'database_unreadable', ...failed }];
  }
}

/** Findings about a database that the platform does not list: it is missing, or was created elsewhere. */
async function inspectUnlisted(context: ProvisioningContext, record: TenantRecord): Promise<TenantFinding[]> {
  const { databaseName, tenant } = record;
  const found = await context.dataPlane.platform.getDatabase(databaseName);
  if (found) return inspectDatabase(context, found, record);
  return [{ kind: 'database_missing', databaseName, tenantId: tenant.id }];
}

/** Discrepancies between registry and databases, sorted by database name. Read-only. */
export async function inspectTenants(context: ProvisioningContext): Promise<TenantFinding[]> {
  const listed = await context.dataPlane.platform.listDatabases();
  // A database that is claimed meanwhile is found as the tenant's, because tenants are read last.
  const prepared = [
    ...(await context.registry.listTemplates()),
    ...(await context.registry.listPooledDatabases()),
    ...(await context.registry.listTenantCopies({})),
  ];
  const tenants = await context.registry.listAllTenants();
  const others = new Set([
    ...prepared.map(({ databaseName }) => databaseName),
    ...tenants.filter(isDestroyed).map(({ tenant }) => backupNameOf(tenant.id)),
  ]);
  const records = new Map(tenants.map((record) => [record.databaseName, record]));
  const databases = listed.filter(({ name }) => records.has(name) || !others.has(name));
  const findings: TenantFinding[] = [];
  for (const database of databases)
    findings.push(...(await inspectDatabase(context, database, records.get(database.name))));
  const present = new Set(databases.map(({ name }) => name));
  for (const record of records.values())
    if (isInService(record) && !present.has(record.databaseName))
      findings.push(...(await inspectUnlisted(context, record)));
  return findings.sort((one, other) => compareText(one.databaseName, other.databaseName));
}
