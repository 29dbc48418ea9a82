import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import {
  AppCompatibilityCheckSchema,
  AppCompatibilityCodeEnum,
  AppCompatibilityIssueSchema,
} from './app-compatibility.zod.js';

const error = {
  severity: 'error',
  code: 'dependency_missing',
  subject: 'base_app',
  message: 'Not installed.',
};
const warning = { severity: 'warning', code: 'setting_missing', message: 'No API key is given.' };

describe('AppCompatibilityCheckSchema', () => {
  it.each([
    { compatible: true, issues: [] },
    { compatible: true, issues: [warning] },
    { compatible: false, issues: [warning, error] },
  ])('accepts %j', (check) => {
    expect(AppCompatibilityCheckSchema.parse(check)).toEqual(check);
  });

  it.each([
    ['compatible', { compatible: true, issues: [error] }],
    ['compatible', { compatible: false, issues: [warning] }],
    ['compatible', { compatible: false, issues: [] }],
    ['issues', { compatible: true }],
  ])('rejects an invalid %s: %j', (path, check) => {
    expect(issuePaths(AppCompatibilityCheckSchema, check)).toEqual([path]);
  });
});

describe('AppCompatibilityIssueSchema', () => {
  it.each([
    ['severity', { severity: 'info' }],
    ['code', { code: 'bad_luck' }],
    ['message', { message: '' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(AppCompatibilityIssueSchema, { ...error, ...change })).toEqual([path]);
  });
});

describe('AppCompatibilityCodeEnum', () => {
  it('has snake_case codes', () => {
    const { options } = AppCompatibilityCodeEnum;
    expect(options.filter((code) => !/^[a-z]+(_[a-z]+)*$/.test(code))).toEqual([]);
  });
});
