import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { LintFindingSchema } from './lint.zod.js';

const finding = {
  code: 'DS102',
  risk: 'loses_data',
  changeId: 'remove_field:account.size',
  object: 'account',
  field: 'size',
  message: 'A field is removed together with its values.',
};

describe('LintFindingSchema', () => {
  it.each([finding, { code: 'probable_rename', risk: 'safe', message: 'They look alike.' }])(
    'accepts $code',
    (value) => {
      expect(LintFindingSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['code', { code: 'DR701' }],
    ['risk', { risk: 'high' }],
    ['message', { message: undefined }],
    ['object', { object: 1 }],
  ])('rejects an invalid %s', (path, wrong) => {
    expect(issuePaths(LintFindingSchema, { ...finding, ...wrong })).toEqual([path]);
  });
});
