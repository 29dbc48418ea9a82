import type { TenantRecord } from '@objectstack/spec/contracts';
import { MachineNameSchema, ObjectStackError } from '@objectstack/spec/shared';
import {
  type QuotaEnforcementResult,
  type TenantQuotaName,
  TenantQuotaNameEnum,
} from '@objectstack/spec/system';
import * as z from 'zod';
import { findTenant } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { countBytes, countObjects, countRecords, type QuotaContext, readLedger } from './count-usage.js';
import { evaluateQuota } from './evaluate-quota.js';
import { periodOf } from './period-of.js';

const QuotaQuestionSchema = z.strictObject({
  quota: TenantQuotaNameEnum,
  requested: z.int().min(0),
  object: MachineNameSchema.optional(),
});

/** What the usage of a quota is, and of which object. */
interface Measured {
  readonly usage: number;
  readonly object?: string;
  readonly resetAt?: string;
}

async function countOf(context: QuotaContext, tenantId: string, object?: string): Promise<Measured> {
  const counts = await countRecords(await context.router.getTenantClient(tenantId));
  if (object !== undefined) {
    const usage = Object.hasOwn(counts, object) ? counts[object] : undefined;
    if (usage !== undefined) return { usage, object };
    throw new ObjectStackError({
      code: 'object_not_found',
      message: `No object ${object} is deployed.`,
      details: { object },
    });
  }
  const [largest] = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return largest ? { usage: largest[1], object: largest[0] } : { usage: 0 };
}

async function ledgerUsage(context: QuotaContext, tenantId: string, quota: TenantQuotaName): Promise<number> {
  const { used, reserved } = await readLedger(context, tenantId, quota);
  return used + reserved;
}

async function measure(
  context: QuotaContext,
  { tenant }: TenantRecord,
  { quota, object }: z.output<typeof QuotaQuestionSchema>,
): Promise<Measured> {
  const { id } = tenant;
  const { resetAt } = periodOf(quota, context.clock.now());
  const reset = resetAt === undefined ? {} : { resetAt };
  switch (quota) {
    case 'maxRecordsPerObject':
      return countOf(context, id, object);
    case 'maxStorageBytes':
      return { usage: await countBytes(await context.router.getTenantClient(id)) };
    case 'apiRequestsPerMinute':
      return (await context.requests?.usage(tenant)) ?? { usage: 0, ...reset };
    case 'maxObjects': {
      const objects = await countObjects(await context.router.getTenantClient(id));
      return { usage: objects + (await ledgerUsage(context, id, quota)) };
    }
    case 'maxUsers':
    case 'maxDeploymentsPerDay':
      return { usage: await ledgerUsage(context, id, quota), ...reset };
  }
}

/** See {@link IQuotaService.checkQuota}. */
export async function checkQuota(
  context: QuotaContext,
  tenantId: string,
  question: { quota: unknown; requested: unknown; object?: unknown },
): Promise<QuotaEnforcementResult> {
  const asked = parseInput(QuotaQuestionSchema, question, 'question');
  const record = await findTenant(context.registry, tenantId);
  const { quota, requested } = asked;
  const limit = record.tenant.quotas[quota];
  return evaluateQuota({ quota, limit, requested, ...(await measure(context, record, asked)) });
}
