import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { HASH } from '../../test/samples.js';
import {
  DeployValidationCodeEnum,
  DeployValidationIssueSchema,
  DeployValidationResultSchema,
} from './deploy-validation.zod.js';

const warning = {
  severity: 'warning',
  path: '/objects/0/requird',
  code: 'unknown_key',
  message: 'Unknown key.',
};
const error = { severity: 'error', path: '', code: 'not_json', message: 'Not JSON.', suggestion: 'JSON' };
const valid = { valid: true, issues: [warning], errorCount: 0, warningCount: 1, checksum: HASH };
const invalid = { valid: false, issues: [error], errorCount: 1, warningCount: 0 };

describe('DeployValidationResultSchema', () => {
  it.each([valid, invalid])('accepts %j', (result) => {
    expect(DeployValidationResultSchema.parse(result)).toEqual(result);
  });

  it.each([
    ['valid', { ...valid, errorCount: 1 }],
    ['valid', { ...invalid, errorCount: 0 }],
    ['checksum', { ...valid, checksum: undefined }],
    ['checksum', { ...invalid, checksum: HASH }],
    ['checksum', { ...valid, checksum: 'abc' }],
    ['errorCount', { ...invalid, errorCount: -1 }],
    ['warningCount', { ...valid, warningCount: 0.5 }],
    ['issues', { ...valid, issues: undefined }],
  ])('rejects an invalid %s: %j', (path, result) => {
    expect(issuePaths(DeployValidationResultSchema, result)).toEqual([path]);
  });
});

describe('DeployValidationIssueSchema', () => {
  it.each([
    ['severity', { severity: 'fatal' }],
    ['code', { code: 'made_up' }],
    ['path', { path: ['objects', 0] }],
    ['message', { message: undefined }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(DeployValidationIssueSchema, { ...warning, ...change })).toEqual([path]);
  });
});

describe('DeployValidationCodeEnum', () => {
  it('has snake_case codes in order', () => {
    const codes = DeployValidationCodeEnum.options;
    expect(codes).toEqual([...codes].sort());
    expect(codes.filter((code) => !/^[a-z]+(_[a-z]+)*$/.test(code))).toEqual([]);
  });
});
