import { describe, expect, it } from 'vitest';
import { DevEventSchema, DoctorFindingSchema, SweepReportSchema } from './command-output.zod.js';

describe('DoctorFindingSchema', () => {
  it('requires a message and permits a finding without a command', () => {
    const finding = { severity: 'warning', check: 'drift', code: 'DR701', message: 'A table is unmanaged.' };
    expect(DoctorFindingSchema.parse(finding)).toEqual(finding);
    expect(DoctorFindingSchema.safeParse({ ...finding, message: '' }).error?.issues[0]?.path).toEqual([
      'message',
    ]);
  });
});

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
