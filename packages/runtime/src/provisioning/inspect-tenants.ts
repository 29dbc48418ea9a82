import type { TenantMarker, TenantRecord } from '@objectstack/spec/contracts';
import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { inspectDeployments } from './inspect-deployments.js';
import type { ProvisioningContext } from './provisioning-context.js';

/** Discrepancy between the registry and the databases. */
export interface TenantFinding {
  /**
   * - `database_missing`: an active or suspended tenant has no database; restore it, or destroy the tenant.
   *
   * - `tenant_unknown`: a database with a marker is not in the registry; adopt it.
   *
   * - `marker_missing`: a database was never claimed, and no provisioning of its tenant is in progress.
   *
   * - `marker_mismatch`: the marker of a database names another tenant than the registry.
   *
   * - `database_leftover`: a destroyed tenant still has a database.
   *
   * - `database_unreadable`: a database cannot be opened; `errorCode` is the reason.
   *
   * - `deployment_missing`: the tenant's history lacks deployments that took effect: the database was restored from an
   * older backup. Deploy again, or restore a newer backup.
   *
   * - `deployment_unknown`: the tenant's history contains deployments that the registry lacks: the registry was
   * restored from an older backup, or the tenant was adopted. `deployments.listDeployments` adds them.
   */
  readonly kind:
    | 'database_missing'
    | 'tenant_unknown'
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

const compareText = (one: string, other: string) => (one < other ? -1 : Number(one > other));

type Marker = { marker: TenantMarker | null } | { errorCode: ErrorCode };

const codeOf = (error: unknown): ErrorCode => (ObjectStackError.isInstance(error) ? error.code : 'internal');

async function readMarker({ dataPlane }: ProvisioningContext, databaseName: string, url: string) {
  try {
    return { marker: await dataPlane.readTenantMarker({ url, databaseName }) };
  } catch (error) {
    return { errorCode: codeOf(error) };
  }
}

function isInService({ tenant, destroyedAt }: TenantRecord): boolean {
  return (
    destroyedAt === null &&
    (tenant.provisioningStatus === 'active' || tenant.provisioningStatus === 'suspended')
  );
}

function checkMarker(
  databaseName: string,
  record: TenantRecord | undefined,
  read: Marker,
): TenantFinding | null {
  const base = { databaseName, ...(record && { tenantId: record.tenant.id }) };
  if ('errorCode' in read) return { ...base, kind: 'database_unreadable', errorCode: read.errorCode };
  const { marker } = read;
  if (!marker) {
    const isUnderWay = record && !record.destroyedAt && !isInService(record);
    return isUnderWay ? null : { ...base, kind: 'marker_missing' };
  }
  const found = { ...base, markerTenantId: marker.tenantId };
  if (!record) return { ...found, kind: 'tenant_unknown' };
  if (record.destroyedAt !== null) return { ...found, kind: 'database_leftover' };
  return marker.tenantId === record.tenant.id ? null : { ...found, kind: 'marker_mismatch' };
}

/** Findings about one database, and about its deployments if its tenant is active or suspended. */
async function inspectDatabase(
  context: ProvisioningContext,
  { name, url }: Pick<TursoDatabaseInfo, 'name' | 'url'>,
  record: TenantRecord | undefined,
): Promise<TenantFinding[]> {
  const finding = checkMarker(name, record, await readMarker(context, name, url));
  if (finding) return [finding];
  if (!record || !isInService(record)) return [];
  const base = { databaseName: name, tenantId: record.tenant.id };
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
    return [{ ...base, kind: 'database_unreadable', errorCode: codeOf(error) }];
  }
}

/** Discrepancies between registry and databases, sorted by database name. Read-only. */
export async function inspectTenants(context: ProvisioningContext): Promise<TenantFinding[]> {
  const databases = await context.dataPlane.platform.listDatabases();
  const records = new Map(
    (await context.registry.listAllTenants()).map((record) => [record.databaseName, record]),
  );
  const findings: TenantFinding[] = [];
  for (const database of databases)
    findings.push(...(await inspectDatabase(context, database, records.get(database.name))));
  const present = new Set(databases.map(({ name }) => name));
  for (const record of records.values()) {
    const { databaseName } = record;
    if (isInService(record) && !present.has(databaseName))
      findings.push({ kind: 'database_missing', databaseName, tenantId: record.tenant.id });
  }
  return findings.sort((one, other) => compareText(one.databaseName, other.databaseName));
}
