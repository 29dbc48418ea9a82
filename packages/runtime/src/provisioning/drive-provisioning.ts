import { setTimeout as pause } from 'node:timers/promises';
import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import { findTenant } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { instantIn, type ProvisioningContext } from './provisioning-context.js';
import { ProvisioningLease } from './provisioning-lease.js';
import {
  allSteps,
  type RemainingSteps,
  remainingSteps,
  runProvisioningSaga,
} from './run-provisioning-saga.js';

/** Interval at which a call looks for the result of another process. */
const POLL_MS = 100;

async function runWhileLeased(
  context: ProvisioningContext,
  record: TenantRecord,
  run: { lease: ProvisioningLease; steps: RemainingSteps; options: CallOptions },
): Promise<TenantRecord> {
  try {
    return await runProvisioningSaga(context, record, run);
  } finally {
    await run.lease.release();
  }
}

/** Runs the remaining steps of a provisioning. Null if another process holds the lease. */
export async function runWithLease(
  context: ProvisioningContext,
  record: TenantRecord,
  options: CallOptions,
): Promise<TenantRecord | null> {
  const steps = await remainingSteps(context, record);
  const lease = await ProvisioningLease.take(context, record.tenant.id, steps.first);
  return lease && runWhileLeased(context, record, { lease, steps, options });
}

/** Runs the steps of a tenant that was just added, under the lease that was taken with it. */
export async function startProvisioning(
  context: ProvisioningContext,
  record: TenantRecord,
  { token, options }: { token: number; options: CallOptions },
): Promise<TenantRecord> {
  const lease = ProvisioningLease.taken(context, record.tenant.id, token);
  const reached = await runWhileLeased(context, record, { lease, steps: allSteps(record), options });
  if (reached.tenant.provisioningStatus !== 'provisioning') return reached;
  return driveProvisioning(context, record, options);
}

/**
 * Provisions the tenant until it is no longer being provisioned: in this process if it gets the lease, otherwise by waiting
 * for the process that has it, and taking over from it once its lease has ended.
 */
export async function driveProvisioning(
  context: ProvisioningContext,
  record: TenantRecord,
  options: CallOptions,
): Promise<TenantRecord> {
  for (;;) {
    throwIfAborted(options.signal);
    const reached =
      (await runWithLease(context, record, options)) ??
      (await findTenant(context.registry, record.tenant.id));
    if (reached.tenant.provisioningStatus !== 'provisioning') return reached;
    await pause(POLL_MS);
  }
}

/** Resumes a provisioning that failed or was interrupted; returns the record of a tenant in any other status. */
export async function resumeProvisioning(
  context: ProvisioningContext,
  { tenant }: TenantRecord,
  options: CallOptions,
): Promise<TenantRecord> {
  throwIfAborted(options.signal);
  const { record, changed } = await context.registry.updateTenant(
    tenant.id,
    ['provisioning', 'failed'],
    { provisioningStatus: 'provisioning', deadlineAt: instantIn(context, context.provisionDeadlineMs) },
    originOf(context, options),
  );
  return changed ? driveProvisioning(context, record, options) : record;
}
