import type { CallOptions, TenantMarker, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type SealedConnectionConfig,
  TENANT_PLAN_QUOTAS,
  type Tenant,
  type TenantConnectionConfig,
  type TenantProvisioningRequestInput,
  TenantProvisioningRequestSchema,
} from '@objectstack/spec/system';
import * as z from 'zod';
import { tokenPlace } from '../secret/token-place.js';
import { connectionOf } from '../shared/existing-database.js';
import { originOf } from '../shared/origin-of.js';
import { parseInput } from '../shared/parse-input.js';
import { isTemplateName } from '../template/create-template-name.js';
import { assertStorable } from './assert-storable.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import { requestFingerprint } from './request-fingerprint.js';

/** Request to enter a database that the registry does not know. */
export type AdoptTenantRequest = Pick<
  TenantProvisioningRequestInput,
  'orgId' | 'plan' | 'region' | 'displayName' | 'adminEmail' | 'metadata'
> & {
  /** Name of the database, as its data plane knows it. */
  databaseName: string;
  /** Access token of the database, if its data plane cannot issue one. Stored encrypted. */
  authToken?: string | undefined;
};

export const AdoptTenantRequestSchema = TenantProvisioningRequestSchema.pick({
  orgId: true,
  plan: true,
  region: true,
  displayName: true,
  adminEmail: true,
  metadata: true,
}).extend({
  databaseName: z.string().min(1),
  authToken: z.string().min(1).optional(),
}) satisfies z.ZodType<unknown, AdoptTenantRequest>;

function refused(databaseName: string, message: string): ObjectStackError {
  return new ObjectStackError({ code: 'database_collision', message, details: { databaseName } });
}

async function markerOf(
  { dataPlane }: ProvisioningContext,
  connection: TenantConnectionConfig,
): Promise<TenantMarker> {
  const marker = await dataPlane.readTenantMarker(connection);
  if (marker && isTemplateName(marker.tenantId))
    throw refused(connection.databaseName, 'The database is a template or a copy that was never claimed.');
  if (marker) return marker;
  throw refused(connection.databaseName, 'The database has no marker of a tenant, so it cannot be adopted.');
}

/**
 * Covers every argument, and the name of the database, which no provisioning request has: so only a repetition of the
 * adoption has the fingerprint of an adopted tenant.
 */
const fingerprintOf = ({ authToken: _, ...request }: z.output<typeof AdoptTenantRequestSchema>) =>
  requestFingerprint({ ...request, isolationLevel: 'isolated_db' });

function toRecord(
  context: ProvisioningContext,
  request: z.output<typeof AdoptTenantRequestSchema>,
  found: { marker: TenantMarker; connection: NonNullable<Tenant['connectionConfig']> },
): TenantRecord {
  const { databaseName, orgId, plan, region, displayName, adminEmail, metadata } = request;
  return {
    tenant: {
      id: found.marker.tenantId,
      organizationId: orgId,
      name: displayName,
      adminEmail,
      metadata,
      isolationLevel: 'isolated_db',
      databaseProvider: context.dataPlane.databaseProvider,
      connectionConfig: found.connection,
      provisioningStatus: 'active',
      plan,
      region,
      quotas: TENANT_PLAN_QUOTAS[plan],
      createdAt: found.marker.createdAt,
      provisionedAt: instantNow(context),
    },
    requestKey: null,
    requestFingerprint: fingerprintOf(request),
    databaseName,
    requestedRegion: null,
    templateDatabase: null,
    deadlineAt: null,
    destroyedAt: null,
  };
}

/** Whether the record is the result of the same adoption, and its tenant was not destroyed since. */
function isSameAdoption(existing: TenantRecord, adopted: TenantRecord): boolean {
  return (
    existing.databaseName === adopted.databaseName &&
    existing.requestFingerprint === adopted.requestFingerprint &&
    existing.tenant.provisioningStatus !== 'destroying'
  );
}

/** Rejects with `configuration_incomplete` before anything is written. */
async function sealedToken(
  { sealer }: ProvisioningContext,
  tenantId: string,
  authToken: string | undefined,
): Promise<Pick<SealedConnectionConfig, 'authToken'>> {
  if (authToken === undefined) return {};
  if (sealer) return { authToken: await sealer.seal(authToken, tokenPlace(tenantId)) };
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message: 'The token of the database must be stored encrypted. Pass a sealer to createRuntime.',
    details: { missing: ['sealer'] },
  });
}

/** Adds the record in one write, so an adoption is never half done. Returns whether the registry now has it. */
async function register(
  context: ProvisioningContext,
  adopted: TenantRecord,
  options: CallOptions,
): Promise<boolean> {
  const { registry } = context;
  try {
    await registry.createTenant(adopted, originOf(context, options));
    return true;
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || error.code !== 'unique_violation') throw error;
    const existing = await registry.getTenant(adopted.tenant.id);
    return existing !== null && isSameAdoption(existing, adopted);
  }
}

/**
 * Enters a database into the registry under the tenant id of its marker. The marker proves which tenant the
 * database belongs to. The caller names the organization, because the right to place a file must not include choosing it.
 * A repetition with the same arguments returns the tenant and changes nothing, so that a caller whose process died can
 * repeat the call.
 */
export async function adoptTenant(
  context: ProvisioningContext,
  input: unknown,
  options: CallOptions,
): Promise<{ tenantId: string }> {
  const request = parseInput(AdoptTenantRequestSchema, input, 'request');
  assertStorable(request);
  const connection = await connectionOf(context.dataPlane, request.databaseName);
  const { authToken } = request;
  const marker = await markerOf(context, { ...connection, ...(authToken !== undefined && { authToken }) });
  const sealed = await sealedToken(context, marker.tenantId, authToken);
  const found = { marker, connection: { ...connection, ...sealed } };
  if (await register(context, toRecord(context, request, found), options))
    return { tenantId: marker.tenantId };
  throw refused(
    request.databaseName,
    'The registry already has a tenant with the id of the marker or with this database, and it is not the result of the same adoption.',
  );
}
