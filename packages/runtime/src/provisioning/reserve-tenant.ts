import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import { notSupported, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import {
  type ProvisioningStep,
  TENANT_PLAN_QUOTAS,
  type TenantProvisioningRequest,
} from '@objectstack/spec/system';
import { createTenantId, databaseNameOf } from '../shared/create-tenant-id.js';
import { DEFAULT_CHANNEL } from '../shared/default-channel.js';
import { tenantNotFound } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { instantIn, instantNow, type ProvisioningContext } from './provisioning-context.js';
import { ProvisioningLease } from './provisioning-lease.js';
import { requestFingerprint } from './request-fingerprint.js';
import { allSteps } from './run-provisioning-saga.js';

/** Number of attempts to reserve a tenant before a template that is deleted each time is reported. */
const ATTEMPTS = 3;

export interface ReservationRequest {
  readonly request: TenantProvisioningRequest;
  /** Region that the request names; its default is no reason to reject databases elsewhere. */
  readonly requestedRegion: TenantRecord['requestedRegion'];
}

export interface Reservation {
  readonly found: TenantRecord;
  readonly created: boolean;
  /** Fencing token of the lease that was taken with a tenant that is to be provisioned. */
  readonly lease?: number | undefined;
  /** Steps of a tenant that was created with a prepared database. */
  readonly steps?: readonly ProvisioningStep[] | undefined;
}

/** Rejects requests that the protocol permits but this control plane does not support, before anything is created. */
function assertSupported(
  { dataPlane, templates }: ProvisioningContext,
  { templateName, isolationLevel, databaseProvider }: TenantProvisioningRequest,
): void {
  if (templateName !== undefined && !templates.has(templateName))
    throw notSupported('provisioning_template', templateName);
  if (isolationLevel !== 'isolated_db') throw notSupported('isolation_level', isolationLevel);
  if (databaseProvider !== undefined && databaseProvider !== dataPlane.databaseProvider)
    throw notSupported('database_provider', databaseProvider);
}

function newRecord(
  context: ProvisioningContext,
  { request, requestedRegion }: ReservationRequest,
  templateDatabase: string | null,
): TenantRecord {
  const id = createTenantId();
  return {
    tenant: {
      id,
      organizationId: request.orgId,
      name: request.displayName,
      adminEmail: request.adminEmail,
      metadata: request.metadata,
      isolationLevel: request.isolationLevel,
      databaseProvider: context.dataPlane.databaseProvider,
      provisioningStatus: 'provisioning',
      plan: request.plan,
      region: context.dataPlane.region ?? request.region,
      quotas: TENANT_PLAN_QUOTAS[request.plan],
      createdAt: instantNow(context),
    },
    requestKey: request.requestKey ?? null,
    requestFingerprint: requestFingerprint(request),
    databaseName: databaseNameOf(id),
    requestedRegion,
    templateDatabase,
    deadlineAt: instantIn(context, context.provisionDeadlineMs),
    destroyedAt: null,
  };
}

function assertSameRequest(found: TenantRecord, request: TenantProvisioningRequest): void {
  if (found.requestFingerprint !== requestFingerprint(request)) {
    throw new ObjectStackError({
      code: 'idempotency_conflict',
      message:
        'The request key was used before with a different request. Use a new key, or repeat the first request unchanged.',
      details: { tenantId: found.tenant.id },
    });
  }
  if (found.destroyedAt !== null) throw tenantNotFound();
}

/** The tenant of an earlier request with the key: it does not depend on the templates that are configured now. */
async function findReserved(
  { registry }: ProvisioningContext,
  { orgId, requestKey }: TenantProvisioningRequest,
): Promise<TenantRecord | null> {
  return requestKey === undefined ? null : registry.findByRequestKey(orgId, requestKey);
}

interface Origin {
  readonly templateDatabase: string | null;
  /** Release that the template contains, if it is that of a channel. */
  readonly release: string | null;
}

async function prepareOrigin(
  { templates }: ProvisioningContext,
  { request: { templateName, plan, channel = DEFAULT_CHANNEL }, requestedRegion: region }: ReservationRequest,
  options: CallOptions,
): Promise<Origin> {
  const asked = { plan, region };
  if (templateName !== undefined)
    return { templateDatabase: await templates.prepare(templateName, asked, options), release: null };
  const prepared = await templates.prepareChannel(channel, asked, options);
  return { templateDatabase: prepared?.databaseName ?? null, release: prepared?.release ?? null };
}

/** Before the tenant is added, so that a process that is killed in between leaves no tenant in another channel. */
async function setChannel(
  { registry }: ProvisioningContext,
  { tenant }: TenantRecord,
  { channel, release }: { channel: string | undefined; release: string | null },
): Promise<void> {
  if (channel === undefined && release === null) return;
  await registry.setTenantChannel(tenant.id, { channel: channel ?? DEFAULT_CHANNEL, desired: release });
}

/** The fingerprint of a request does not contain the default, so that a repetition is the same request. */
function withDefaultTemplate(
  { defaultTemplate }: ProvisioningContext,
  { request, ...asked }: ReservationRequest,
): ReservationRequest {
  const templateName = request.templateName ?? defaultTemplate;
  return { ...asked, request: { ...request, ...(templateName !== undefined && { templateName }) } };
}

/** A prepared database is in the default channel. */
const mayClaim = ({ pool }: ProvisioningContext, asked: ReservationRequest): boolean =>
  asked.request.channel === undefined && pool.fits(asked);

const isRetired = (error: unknown) => ObjectStackError.isInstance(error, 'database_not_found');

/** Adds the tenant, with a prepared database if there is one. A template that is deleted meanwhile is prepared again. */
async function addTenant(
  context: ProvisioningContext,
  asked: ReservationRequest,
  options: CallOptions,
): Promise<Reservation> {
  const copied = withDefaultTemplate(context, asked);
  if (mayClaim(context, copied)) {
    const claimed = await context.pool.claim(copied, newRecord(context, asked, null), options);
    if (claimed) return claimed;
  }
  for (let left = ATTEMPTS - 1; ; left--) {
    const { templateDatabase, release } = await prepareOrigin(context, copied, options);
    const record = newRecord(context, asked, templateDatabase);
    throwIfAborted(options.signal);
    try {
      await setChannel(context, record, { channel: asked.request.channel, release });
      const by = originOf(context, options);
      const request = ProvisioningLease.request(context, allSteps(record).first);
      const { record: found, created, lease } = await context.registry.createTenant(record, by, request);
      return { found, created, lease };
    } catch (error) {
      if (left === 0 || !isRetired(error)) throw error;
    }
  }
}

/** Adds the tenant, or finds the one of the request key. Nothing else is created before. */
export async function reserveTenant(
  context: ProvisioningContext,
  asked: ReservationRequest,
  options: CallOptions,
): Promise<Reservation> {
  const reserved = await findReserved(context, asked.request);
  if (!reserved) assertSupported(context, asked.request);
  const reservation = reserved
    ? { found: reserved, created: false }
    : await addTenant(context, asked, options);
  if (!reservation.created) assertSameRequest(reservation.found, asked.request);
  return reservation;
}
