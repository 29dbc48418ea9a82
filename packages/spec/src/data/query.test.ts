import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { QuerySchema, SortNodeSchema } from './query.zod.js';

describe('QuerySchema', () => {
  it.each([
    {},
    { object: 'account', fields: ['name'], where: { name: 'Ada' }, limit: 0, offset: 0 },
    { top: 10, orderBy: [{ field: 'name', order: 'desc' }] },
    { search: { query: 'ada' }, cursor: {}, joins: [], aggregations: [], groupBy: [], having: {} },
    { windowFunctions: [], distinct: true, expand: {} },
  ])('accepts %j', (query) => {
    expect(QuerySchema.parse(query)).toEqual(query);
  });

  it.each([
    ['fields', { fields: [] }],
    ['limit', { limit: -1 }],
    ['limit', { limit: 1.5 }],
    ['offset', { offset: '1' }],
    ['top', { top: -1 }],
    ['orderBy.0.order', { orderBy: [{ field: 'a', order: 'DESC' }] }],
    ['where.name', { where: { name: [] } }],
    ['', { sort: 'name' }],
  ])('refuses at "%s": %j', (path, query) => {
    expect(issuePaths(QuerySchema, query)).toEqual([path]);
  });
});

describe('SortNodeSchema', () => {
  it('orders upwards unless told otherwise', () => {
    expect(SortNodeSchema.parse({ field: 'name' })).toEqual({ field: 'name', order: 'asc' });
  });
});
