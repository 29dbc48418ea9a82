import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { HASH, INSTANT } from '../../test/samples.js';
import { RollbackResultSchema } from './rollback-result.zod.js';

const rollback = {
  deploymentId: 'd1',
  tenantId: 't1',
  planHash: HASH,
  bundleChecksum: HASH,
  outcome: 'applied',
  statementsExecuted: 3,
  seeds: [],
  steps: [],
  durationMs: 12,
  completedAt: INSTANT,
  status: 'ready',
  rollbackOf: 'd0',
};
const result = {
  tenantId: 't1',
  rollbackOf: 'd0',
  deploymentId: 'd1',
  outcome: 'applied',
  findings: [{ checkId: 'lost:a.b', rows: 1, samples: ['x'], explanation: 'Removed.' }],
  rollbacks: [rollback],
};

describe('RollbackResultSchema', () => {
  it('accepts the results of one or more rollbacks', () => {
    const several = { ...result, rollbacks: [rollback, rollback] };
    expect(RollbackResultSchema.parse(several)).toEqual(several);
    expect(issuePaths(RollbackResultSchema, { ...result, rollbacks: [] })).toEqual(['rollbacks']);
  });

  it('explains every finding', () => {
    const findings = [{ checkId: 'lost:a.b', rows: 1 }];
    expect(issuePaths(RollbackResultSchema, { ...result, findings })).toEqual(['findings.0.explanation']);
  });
});
