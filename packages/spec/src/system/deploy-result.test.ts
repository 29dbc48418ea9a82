import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { HASH, INSTANT, OTHER_HASH, problem } from '../../test/samples.js';
import { ErrorCodeEnum } from '../shared/error-code.zod.js';
import { RecordRuleEnum } from '../shared/record-rule.zod.js';
import {
  DeploymentRecordSchema,
  DeployResultSchema,
  DeployStepSchema,
  SeedProblemCodeEnum,
  SeedResultSchema,
} from './deploy-result.zod.js';

const seed = {
  object: 'account',
  outcome: 'written',
  records: 3,
  inserted: 1,
  updated: 1,
  unchanged: 0,
  failed: 1,
  referencesUnresolved: 0,
  ruleViolations: 0,
  problems: [{ record: 2, field: 'name', code: 'required' }],
};
const step = { status: 'validating', startedAt: INSTANT, durationMs: 1.5 };
const ready = {
  deploymentId: 'd1',
  tenantId: 't1',
  planHash: HASH,
  bundleChecksum: OTHER_HASH,
  outcome: 'applied',
  statementsExecuted: 4,
  seeds: [seed],
  steps: [step],
  durationMs: 12,
  completedAt: INSTANT,
  status: 'ready',
};
const failed = { ...ready, status: 'failed', error: problem };
const record = {
  id: 'd1',
  tenantId: 't1',
  planHash: HASH,
  bundleChecksum: OTHER_HASH,
  bundleVersion: '1.0.0',
  status: 'migrating',
  startedAt: INSTANT,
  updatedAt: INSTANT,
};

describe('DeployResultSchema', () => {
  it.each([
    ready,
    { ...ready, findings: [{ checkId: 'lost:a.b', rows: 1, explanation: 'Gone.' }] },
    failed,
    { ...ready, outcome: 'already_applied', statementsExecuted: 0, seeds: [] },
  ])('accepts $status, $outcome', (result) => {
    expect(DeployResultSchema.parse(result)).toEqual(result);
  });

  it('drops the error of a ready result', () => {
    expect(DeployResultSchema.parse({ ...ready, error: problem })).toEqual(ready);
  });

  it.each([
    ['error', { ...failed, error: undefined }],
    ['status', { ...ready, status: 'migrating' }],
    ['outcome', { ...ready, outcome: 'skipped' }],
    ['planHash', { ...ready, planHash: '' }],
    ['statementsExecuted', { ...ready, statementsExecuted: -1 }],
    ['steps.0.status', { ...ready, steps: [{ ...step, status: 'seeding' }] }],
    ['completedAt', { ...ready, completedAt: 'now' }],
  ])('rejects an invalid %s', (path, result) => {
    expect(issuePaths(DeployResultSchema, result)).toEqual([path]);
  });
});

describe('SeedResultSchema', () => {
  it.each(['written', 'already_written', 'other_environment', 'unknown_object'])(
    'accepts the outcome %s',
    (outcome) => {
      expect(SeedResultSchema.parse({ ...seed, outcome })).toEqual({ ...seed, outcome });
    },
  );

  it.each([
    ['object', { object: 'My object' }],
    ['outcome', { outcome: 'skipped' }],
    ['inserted', { inserted: 1.5 }],
    ['failed', { failed: -1 }],
    ['problems.0.record', { problems: [{ record: -1, code: 'required' }] }],
    ['problems.0.code', { problems: [{ record: 0 }] }],
    ['problems.0.code', { problems: [{ record: 0, code: 'bad_luck' }] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(SeedResultSchema, { ...seed, ...change })).toEqual([path]);
  });
});

describe('SeedProblemCodeEnum', () => {
  it('has every write rule, every error code, the unresolved lookup and the skipped expression, each once', () => {
    const { options } = SeedProblemCodeEnum;
    expect(options).toEqual([
      'reference_unresolved',
      'expression_not_evaluated',
      ...RecordRuleEnum.options,
      ...ErrorCodeEnum.options,
    ]);
    expect(new Set(options).size).toBe(options.length);
  });
});

describe('DeployStepSchema', () => {
  it('rejects a negative duration', () => {
    expect(issuePaths(DeployStepSchema, { ...step, durationMs: -1 })).toEqual(['durationMs']);
  });
});

describe('DeploymentRecordSchema', () => {
  it.each([
    record,
    { ...record, status: 'ready', result: ready },
    { ...record, status: 'failed', result: failed },
    { ...record, rollbackOf: 'd0', status: 'ready', result: { ...ready, rollbackOf: 'd0' } },
    { ...record, supersededBy: 'd2', status: 'ready', result: ready },
  ])('accepts $status', (value) => {
    expect(DeploymentRecordSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['result', { status: 'failed' }],
    ['result', { status: 'ready' }],
    ['result', { status: 'failed', result: ready }],
    ['result', { status: 'migrating', result: ready }],
    ['result', { status: 'ready', result: failed }],
    ['rollbackOf', { rollbackOf: 'd1' }],
    ['rollbackOf', { supersededBy: 'd1' }],
    ['result.rollbackOf', { rollbackOf: 'd0', status: 'ready', result: ready }],
    ['bundleVersion', { bundleVersion: 'one' }],
    ['updatedAt', { updatedAt: undefined }],
    ['id', { id: '' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(DeploymentRecordSchema, { ...record, ...change })).toEqual([path]);
  });
});
