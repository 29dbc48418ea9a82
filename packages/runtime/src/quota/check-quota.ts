import type { TenantRecord } from '@objectstack/spec/contracts';
import { notSupported } from '@objectstack/spec/shared';
import {
  type QuotaEnforcementResult,
  type TenantQuotaName,
  TenantQuotaNameEnum,
} from '@objectstack/spec/system';
import * as z from 'zod';
import { findTenant } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { countBytes, countDeployments, countObjects, type QuotaContext, startOfDay } from './count-usage.js';
import { evaluateQuota } from './evaluate-quota.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

const QuotaQuestionSchema = z.strictObject({ quota: TenantQuotaNameEnum, requested: z.int().min(0) });

function usageOf(context: QuotaContext, record: TenantRecord, quota: TenantQuotaName): Promise<number> {
  if (quota === 'maxObjects') return countObjects(context, record.tenant.id);
  if (quota === 'maxDeploymentsPerDay') return countDeployments(context, record.tenant.id);
  if (quota === 'maxStorageBytes') return countBytes(context, record);
  throw notSupported('quota_check', quota);
}

function resetOf({ clock }: QuotaContext, quota: TenantQuotaName): { resetAt?: string } {
  if (quota !== 'maxDeploymentsPerDay') return {};
  const midnight = Date.parse(startOfDay(clock.now().toISOString()));
  return { resetAt: new Date(midnight + DAY_MS).toISOString() };
}

/** See {@link IQuotaService.checkQuota}. */
export async function checkQuota(
  context: QuotaContext,
  tenantId: string,
  question: { quota: unknown; requested: unknown },
): Promise<QuotaEnforcementResult> {
  const { quota, requested } = parseInput(QuotaQuestionSchema, question, 'question');
  const record = await findTenant(context.registry, tenantId);
  const usage = await usageOf(context, record, quota);
  const limit = record.tenant.quotas[quota];
  return evaluateQuota({ quota, limit, usage, requested, ...resetOf(context, quota) });
}
