import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { JoinNodeSchema, QuerySchema } from './query.zod.js';

describe('QuerySchema', () => {
  it.each([
    {},
    { object: 'account', fields: ['name'], where: { name: 'Ada' }, limit: 0, offset: 0 },
    { top: 10, orderBy: [{ field: 'name', order: 'desc' }] },
    { search: { query: 'ada' }, cursor: {}, joins: [], having: {} },
    { windowFunctions: [], distinct: true, expand: { owner: { fields: ['name'] } } },
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
    ['search.query', { search: {} }],
    ['cursor', { cursor: 'abc' }],
    ['joins.0.type', { joins: [{ type: 'outer', object: 'a', on: {} }] }],
    ['aggregations.0.alias', { aggregations: [{ function: 'count' }] }],
    ['groupBy', { groupBy: 'a' }],
    ['having.a', { having: { a: [] } }],
    ['windowFunctions.0.over', { windowFunctions: [{ function: 'rank', alias: 'r' }] }],
    ['distinct', { distinct: 1 }],
    ['expand.owner.limit', { expand: { owner: { limit: -1 } } }],
  ])('rejects at "%s": %j', (path, query) => {
    expect(issuePaths(QuerySchema, query)).toEqual([path]);
  });
});

describe('JoinNodeSchema', () => {
  const node = { type: 'left', object: 'contact', on: { account: { $eq: { $field: 'id' } } } };

  it.each([node, { ...node, strategy: 'hash', alias: 'c', subquery: { limit: 1 } }])(
    'returns %j unchanged',
    (value) => {
      expect(JoinNodeSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['on', { on: undefined }],
    ['strategy', { strategy: 'merge' }],
    ['subquery.top', { subquery: { top: 'all' } }],
    ['', { using: 'id' }],
  ])('rejects at "%s": %j', (path, change) => {
    expect(issuePaths(JoinNodeSchema, { ...node, ...change })).toEqual([path]);
  });
});
