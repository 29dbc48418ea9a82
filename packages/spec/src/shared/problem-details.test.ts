import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { problem } from '../../test/samples.js';
import { ProblemDetailsSchema } from './problem-details.zod.js';

describe('ProblemDetailsSchema', () => {
  it.each([problem, { ...problem, details: { changeId: 'add_object:account', count: 3 } }])(
    'accepts %j',
    (value) => {
      expect(ProblemDetailsSchema.parse(value)).toEqual(value);
    },
  );

  it('drops unknown keys', () => {
    expect(ProblemDetailsSchema.parse({ ...problem, stack: 'at …' })).toEqual(problem);
  });

  it.each([
    ['code', { code: 'no_such_code' }],
    ['status', { status: 200 }],
    ['status', { status: 600 }],
    ['status', { status: 404.5 }],
    ['detail', { detail: undefined }],
    ['title', { title: undefined }],
    ['type', { type: undefined }],
    ['retryable', { retryable: 'no' }],
    ['details', { details: [] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ProblemDetailsSchema, { ...problem, ...change })).toEqual([path]);
  });
});
