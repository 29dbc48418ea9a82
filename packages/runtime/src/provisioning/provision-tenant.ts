import type { CallOptions, ProvisionTenantOptions, TenantRecord } from '@objectstack/spec/contracts';
import { TenantRegionSchema, throwIfAborted } from '@objectstack/spec/shared';
import { TenantProvisioningRequestSchema, type TenantProvisioningResult } from '@objectstack/spec/system';
import * as z from 'zod';
import { findTenant } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { assertStorable } from './assert-storable.js';
import { driveProvisioning, resumeProvisioning, startProvisioning } from './drive-provisioning.js';
import type { ProvisioningContext } from './provisioning-context.js';
import { assertOwnDatabase } from './read-tenant-status.js';
import { type Reservation, type ReservationRequest, reserveTenant } from './reserve-tenant.js';
import { toProvisioningResult } from './to-provisioning-result.js';
import { LONGEST_WAIT_MS, waitAtMost } from './wait-at-most.js';

const WaitSchema = z.int().min(0).max(LONGEST_WAIT_MS).optional();

/** The request without the default of its region, to tell whether the request names one. */
const GivenRequestSchema = TenantProvisioningRequestSchema.extend({ region: TenantRegionSchema.optional() });
const DEFAULT_REGION = TenantProvisioningRequestSchema.shape.region.parse(undefined);

function readRequest(input: unknown): ReservationRequest {
  const given = parseInput(GivenRequestSchema, input, 'request');
  const request = { ...given, region: given.region ?? DEFAULT_REGION };
  assertStorable(request);
  return { request, requestedRegion: given.region ?? null };
}

/** Whether nothing is left to be done: the tenant was added with a prepared database. */
const isProvisioned = ({ found, created }: Reservation) =>
  created && found.tenant.provisioningStatus === 'active';

async function proceed(
  context: ProvisioningContext,
  { found, created, lease: token }: Reservation,
  options: CallOptions,
): Promise<TenantRecord> {
  if (!created) return resumeProvisioning(context, found, options);
  if (token !== undefined) return startProvisioning(context, found, { token, options });
  // A registry of an earlier contract takes no lease with the tenant.
  return driveProvisioning(context, found, options);
}

async function provision(
  context: ProvisioningContext,
  input: unknown,
  { waitMs: given, ...options }: ProvisionTenantOptions,
): Promise<TenantProvisioningResult> {
  const startedAt = performance.now();
  const waitMs = parseInput(WaitSchema, given, 'waitMs');
  const asked = readRequest(input);
  throwIfAborted(options.signal);
  const reservation = await reserveTenant(context, asked, options);
  const { found, created } = reservation;
  const record = isProvisioned(reservation)
    ? found
    : ((await waitAtMost(context.background, { waitMs, options }, (call) =>
        proceed(context, reservation, call),
      )) ?? (await findTenant(context.registry, found.tenant.id)));
  if (!created) await assertOwnDatabase(context, record);
  const steps = reservation.steps ?? (await context.registry.listSteps(record.tenant.id));
  return toProvisioningResult(record, [...steps], performance.now() - startedAt);
}

/** See {@link IProvisioningService.provisionTenant}. Ends when the runtime is closed, also while a platform does not answer. */
export function provisionTenant(
  context: ProvisioningContext,
  input: unknown,
  options: ProvisionTenantOptions,
): Promise<TenantProvisioningResult> {
  return context.background.whileOpen(provision(context, input, options));
}
