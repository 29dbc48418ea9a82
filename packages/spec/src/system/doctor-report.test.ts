import { describe, expect, it } from 'vitest';
import { DoctorFindingSchema } from './doctor-report.zod.js';

describe('DoctorFindingSchema', () => {
  it('requires a message and a command', () => {
    const finding = {
      severity: 'warning',
      check: 'drift',
      code: 'DR701',
      message: 'A table is unmanaged.',
      command: 'objectstack drift',
    };
    expect(DoctorFindingSchema.parse(finding)).toEqual(finding);
    for (const key of ['message', 'command'])
      expect(DoctorFindingSchema.safeParse({ ...finding, [key]: '' }).error?.issues[0]?.path).toEqual([key]);
  });
});
