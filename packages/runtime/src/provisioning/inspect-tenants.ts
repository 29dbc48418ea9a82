import type { TenantMarker, TenantRecord } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import type { ProvisioningContext } from './provisioning-context.js';

/** An inconsistency between the registry and the databases. */
export interface TenantFinding {
  /**
   * - `database_missing`: a tenant in service has no database; restore it, or destroy the tenant.
   * - `tenant_unknown`: the registry does not know a database that has a marker; adopt it.
   * - `marker_missing`: a database was never claimed, and no provisioning is going on for it.
   * - `marker_mismatch`: a database has the marker of another tenant than the registry's.
   * - `database_leftover`: a destroyed tenant still has a database.
   * - `database_unreadable`: a database cannot be opened; `errorCode` says why.
   */
  readonly kind:
    | 'database_missing'
    | 'tenant_unknown'
    | 'marker_missing'
    | 'marker_mismatch'
    | 'database_leftover'
    | 'database_unreadable';
  readonly databaseName: string;
  /** Tenant of the registry that the database belongs to. */
  readonly tenantId?: string;
  /** Tenant that the marker of the database names. */
  readonly markerTenantId?: string;
  readonly errorCode?: ErrorCode;
}

type Marker = { marker: TenantMarker | null } | { errorCode: ErrorCode };

async function readMarker({ dataPlane }: ProvisioningContext, databaseName: string, url: string) {
  try {
    return { marker: await dataPlane.readTenantMarker({ url, databaseName }) };
  } catch (error) {
    return { errorCode: ObjectStackError.isInstance(error) ? error.code : ('internal' as const) };
  }
}

function isInService({ tenant, destroyedAt }: TenantRecord): boolean {
  return (
    destroyedAt === null &&
    (tenant.provisioningStatus === 'active' || tenant.provisioningStatus === 'suspended')
  );
}

function judge(databaseName: string, record: TenantRecord | undefined, read: Marker): TenantFinding | null {
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

/** Where registry and databases disagree, in the order of database names. Changes nothing. */
export async function inspectTenants(context: ProvisioningContext): Promise<TenantFinding[]> {
  const databases = await context.dataPlane.platform.listDatabases();
  const records = new Map(
    (await context.registry.listAllTenants()).map((record) => [record.databaseName, record]),
  );
  const findings: TenantFinding[] = [];
  for (const { name, url } of databases) {
    const finding = judge(name, records.get(name), await readMarker(context, name, url));
    if (finding) findings.push(finding);
  }
  const present = new Set(databases.map(({ name }) => name));
  for (const record of records.values()) {
    const { databaseName } = record;
    if (isInService(record) && !present.has(databaseName))
      findings.push({ kind: 'database_missing', databaseName, tenantId: record.tenant.id });
  }
  return findings.sort((one, other) => (one.databaseName < other.databaseName ? -1 : 1));
}
