import { describe, expect, it } from 'vitest';
import { DevEventSchema, SweepReportSchema } from './command-output.zod.js';

describe('DevEventSchema', () => {
  it('rejects an unknown event', () => {
    expect(DevEventSchema.safeParse({ event: 'seen', tenantId: 't1' }).error?.issues[0]?.path).toEqual([
      'event',
    ]);
  });
});

describe('SweepReportSchema', () => {
  it('rejects a problem without an error code of the protocol', () => {
    const report = {
      failed: [],
      purged: [],
      removedTemplates: [],
      removedCopies: [],
      settledTenants: [],
      settled: [],
      removedBundles: [],
    };
    const { error } = SweepReportSchema.safeParse({
      ...report,
      problems: [{ subject: 't1', code: 'broken' }],
    });
    expect(error?.issues[0]?.path).toEqual(['problems', 0, 'code']);
  });
});
