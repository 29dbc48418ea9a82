import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { notSupported, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import {
  TENANT_PLAN_QUOTAS,
  type TenantProvisioningRequest,
  TenantProvisioningRequestSchema,
  type TenantProvisioningResult,
} from '@objectstack/spec/system';
import { tenantNotFound } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { createTenantId, databaseNameOf } from './create-tenant-id.js';
import { instantIn, instantNow, type ProvisioningContext } from './provisioning-context.js';
import { assertOwnDatabase } from './read-tenant-status.js';
import { requestFingerprint } from './request-fingerprint.js';
import { resumeProvisioning, runProvisioningSaga } from './run-provisioning-saga.js';
import { toProvisioningResult } from './to-provisioning-result.js';

/** Rejects requests that the protocol permits but this control plane does not support, before anything is created. */
function assertSupported(
  { dataPlane }: ProvisioningContext,
  { templateName, isolationLevel, databaseProvider }: TenantProvisioningRequest,
): void {
  if (templateName !== undefined) throw notSupported('provisioning_template', templateName);
  if (isolationLevel !== 'isolated_db') throw notSupported('isolation_level', isolationLevel);
  if (databaseProvider !== undefined && databaseProvider !== dataPlane.databaseProvider)
    throw notSupported('database_provider', databaseProvider);
}

const STORED_TEXTS = ['orgId', 'requestKey', 'displayName', 'adminEmail'] as const;

/** SQLite would truncate text at a NUL character and replace a lone surrogate. */
function assertStorable(request: TenantProvisioningRequest): void {
  const wrong = STORED_TEXTS.filter((name) => !isStorableText(request[name] ?? ''));
  if (wrong.length === 0) return;
  const message = 'The text contains a NUL character or a lone surrogate.';
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `These texts contain a NUL character or a lone surrogate: ${wrong.join(', ')}. Remove it.`,
    details: { issues: wrong.map((name) => ({ path: `/${name}`, code: 'not_storable', message })) },
  });
}

function newRecord(context: ProvisioningContext, request: TenantProvisioningRequest): TenantRecord {
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
      region: request.region,
      quotas: TENANT_PLAN_QUOTAS[request.plan],
      createdAt: instantNow(context),
    },
    requestKey: request.requestKey ?? null,
    requestFingerprint: requestFingerprint(request),
    databaseName: databaseNameOf(id),
    deadlineAt: instantIn(context, context.provisionDeadlineMs),
    destroyedAt: null,
  };
}

function assertSameRequest(found: TenantRecord, asked: TenantRecord): void {
  if (found.requestFingerprint !== asked.requestFingerprint) {
    throw new ObjectStackError({
      code: 'idempotency_conflict',
      message:
        'The request key was used before with a different request. Use a new key, or repeat the first request unchanged.',
      details: { tenantId: found.tenant.id },
    });
  }
  if (found.destroyedAt !== null) throw tenantNotFound();
}

export async function provisionTenant(
  context: ProvisioningContext,
  input: unknown,
  options: CallOptions,
): Promise<TenantProvisioningResult> {
  const startedAt = performance.now();
  const request = parseInput(TenantProvisioningRequestSchema, input, 'request');
  assertStorable(request);
  assertSupported(context, request);
  const asked = newRecord(context, request);
  throwIfAborted(options.signal);
  const { record: found, created } = await context.registry.createTenant(asked);
  assertSameRequest(found, asked);
  const proceed = created ? runProvisioningSaga : resumeProvisioning;
  const record = await proceed(context, found, options);
  if (!created) await assertOwnDatabase(context, record);
  const steps = await context.registry.listSteps(record.tenant.id);
  return toProvisioningResult(record, steps, performance.now() - startedAt);
}
