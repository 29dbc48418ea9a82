import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { ObjectWorkflowSchema } from './object-workflow.zod.js';

describe('ObjectWorkflowSchema', () => {
  it.each([
    {
      name: 'w',
      triggerType: 'on_update',
      criteria: 'a',
      active: true,
      actions: [{ name: 's', type: 'field_update', field: 'a', value: 1 }],
    },
  ])('returns %j unchanged', (value) => {
    expect(ObjectWorkflowSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['name', { name: undefined }],
    ['active', { active: 'yes' }],
    ['actions.0.type', { actions: [{ name: 's' }] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ObjectWorkflowSchema, { ...{ name: 'w' }, ...change })).toEqual([path]);
  });
});
