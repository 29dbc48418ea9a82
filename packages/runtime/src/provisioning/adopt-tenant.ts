import type { TenantMarker, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  TENANT_PLAN_QUOTAS,
  type Tenant,
  type TenantProvisioningRequest,
  type TenantProvisioningRequestInput,
  TenantProvisioningRequestSchema,
} from '@objectstack/spec/system';
import * as z from 'zod';
import { parseInput } from '../shared/parse-input.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import { connectionOf } from './provisioning-steps.js';
import { requestFingerprint } from './request-fingerprint.js';

/** Request to enter a database that the registry does not know. */
export type AdoptTenantRequest = Pick<
  TenantProvisioningRequestInput,
  'orgId' | 'plan' | 'region' | 'displayName' | 'adminEmail' | 'metadata'
> & {
  /** Name of the database, as its data plane knows it. */
  databaseName: string;
};

const AdoptTenantRequestSchema = TenantProvisioningRequestSchema.pick({
  orgId: true,
  plan: true,
  region: true,
  displayName: true,
  adminEmail: true,
  metadata: true,
}).extend({ databaseName: z.string().min(1) }) satisfies z.ZodType<unknown, AdoptTenantRequest>;

function refused(databaseName: string, message: string): ObjectStackError {
  return new ObjectStackError({ code: 'database_collision', message, details: { databaseName } });
}

async function markerOf(
  { dataPlane }: ProvisioningContext,
  connection: { url: string; databaseName: string },
): Promise<TenantMarker> {
  const marker = await dataPlane.readTenantMarker(connection);
  if (marker) return marker;
  throw refused(connection.databaseName, 'The database has no marker of a tenant, so it cannot be adopted.');
}

function toRecord(
  context: ProvisioningContext,
  request: z.output<typeof AdoptTenantRequestSchema>,
  found: { marker: TenantMarker; connection: NonNullable<Tenant['connectionConfig']> },
): TenantRecord {
  const { databaseName, orgId, plan, region, displayName, adminEmail, metadata } = request;
  const asRequest: TenantProvisioningRequest = { orgId, plan, region, isolationLevel: 'isolated_db' };
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
    requestFingerprint: requestFingerprint(asRequest),
    databaseName,
    deadlineAt: null,
    destroyedAt: null,
  };
}

/**
 * Enters a database into the registry under the tenant id of its marker. The marker proves which tenant the
 * database belongs to. The caller names the organization, because the right to place a file must not include choosing it.
 */
export async function adoptTenant(
  context: ProvisioningContext,
  input: unknown,
): Promise<{ tenantId: string }> {
  const request = parseInput(AdoptTenantRequestSchema, input, 'request');
  const connection = await connectionOf(context.dataPlane, request.databaseName);
  const marker = await markerOf(context, connection);
  if (await context.registry.getTenant(marker.tenantId))
    throw refused(request.databaseName, 'The registry already has the tenant that the marker names.');
  try {
    await context.registry.createTenant(toRecord(context, request, { marker, connection }));
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || error.code !== 'unique_violation') throw error;
    throw refused(request.databaseName, 'The registry already has a tenant for this database.');
  }
  return { tenantId: marker.tenantId };
}
