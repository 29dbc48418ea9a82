import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { FormFieldSchema, FormSectionSchema, FormSharingSchema, FormViewSchema } from './form-view.zod.js';

describe('FormViewSchema', () => {
  it.each(['simple', 'tabbed', 'wizard', 'split', 'drawer', 'modal'])('accepts the layout %s', (type) => {
    expect(FormViewSchema.parse({ type })).toEqual({ type });
  });
});

describe('FormFieldSchema', () => {
  it.each([{ field: 'a', colSpan: 4, visibleOn: { source: 'b > 1' }, madeUp: 1 }])(
    'returns %j unchanged',
    (value) => {
      expect(FormFieldSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['field', { field: undefined }],
    ['colSpan', { colSpan: 5 }],
    ['required', { required: 'yes' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(FormFieldSchema, { ...{ field: 'a' }, ...change })).toEqual([path]);
  });
});

describe('FormSectionSchema', () => {
  it.each([
    { columns: 3, fields: ['a', { field: 'b' }] },
    { columns: '2', collapsed: true, fields: [] },
  ])('returns %j unchanged', (value) => {
    expect(FormSectionSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['columns', { columns: 5 }],
    ['fields', { fields: undefined }],
    ['fields.0', { fields: [{}] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(FormSectionSchema, { ...{ fields: [] }, ...change })).toEqual([path]);
  });
});

describe('FormSharingSchema', () => {
  it.each([{}, { enabled: true, allowedDomains: ['example.com'] }])('returns %j unchanged', (value) => {
    expect(FormSharingSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['allowedDomains', { allowedDomains: 'example.com' }],
    ['enabled', { enabled: 1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(FormSharingSchema, change)).toEqual([path]);
  });
});
