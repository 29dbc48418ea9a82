import { describe, expect, it } from 'vitest';
import { QuotaReportSchema } from './quota-report.zod.js';

describe('QuotaReportSchema', () => {
  it('rejects a report without the time of the measurement', () => {
    const report = { tenantId: 't1', plan: 'free', quotas: { maxUsers: 1 }, usage: { users: 1 } };
    expect(QuotaReportSchema.safeParse(report).error?.issues[0]?.path).toEqual(['usage', 'measuredAt']);
  });
});
