import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import {
  HttpRequestSchema,
  QuickFilterSchema,
  ViewDataSchema,
  ViewFilterRuleSchema,
} from './view-data.zod.js';

describe('ViewDataSchema', () => {
  it.each([
    { provider: 'object', object: 'account' },
    { provider: 'api', read: { url: '/a' } },
    { provider: 'value', items: [] },
  ])('accepts %j', (data) => {
    expect(ViewDataSchema.parse(data)).toEqual(data);
  });

  it('rejects an unknown provider', () => {
    expect(issuePaths(ViewDataSchema, { provider: 'ftp' })).toEqual(['provider']);
  });
});

describe('HttpRequestSchema', () => {
  it.each([{ url: '/a', method: 'PUT', headers: { accept: 'x' }, params: { a: 1 }, body: null }])(
    'returns %j unchanged',
    (value) => {
      expect(HttpRequestSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['url', { url: undefined }],
    ['method', { method: 'HEAD' }],
    ['headers.a', { headers: { a: 1 } }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(HttpRequestSchema, { ...{ url: '/a' }, ...change })).toEqual([path]);
  });
});

describe('ViewFilterRuleSchema', () => {
  it.each([
    { field: 'a', operator: 'is_null' },
    { field: 'a', operator: 'in', value: ['x', 1] },
  ])('returns %j unchanged', (value) => {
    expect(ViewFilterRuleSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['operator', { operator: undefined }],
    ['value', { value: { a: 1 } }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ViewFilterRuleSchema, { ...{ field: 'a', operator: 'equals' }, ...change })).toEqual([
      path,
    ]);
  });
});

describe('QuickFilterSchema', () => {
  it.each([{ field: 'a', value: true }])('returns %j unchanged', (value) => {
    expect(QuickFilterSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['operator', { operator: 'like' }],
    ['field', { field: 1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(QuickFilterSchema, { ...{ field: 'a' }, ...change })).toEqual([path]);
  });
});
