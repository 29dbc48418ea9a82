import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import {
  AggregationNodeSchema,
  FullTextSearchSchema,
  SortNodeSchema,
  WindowFunctionNodeSchema,
} from './query-node.zod.js';

describe('SortNodeSchema', () => {
  it('orders upwards unless told otherwise', () => {
    expect(SortNodeSchema.parse({ field: 'name' })).toEqual({ field: 'name', order: 'asc' });
  });
});

describe('FullTextSearchSchema', () => {
  it.each([
    { query: 'ada' },
    { query: 'ada', fields: ['name'], operator: 'and', boost: { name: 2 }, minScore: 0.1 },
  ])('keeps %j as it is', (value) => {
    expect(FullTextSearchSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['query', { query: 1 }],
    ['operator', { operator: 'near' }],
    ['boost.name', { boost: { name: 'high' } }],
  ])('refuses a wrong %s', (path, change) => {
    expect(issuePaths(FullTextSearchSchema, { query: 'ada', ...change })).toEqual([path]);
  });
});

describe('AggregationNodeSchema', () => {
  it.each(['count', 'sum', 'avg', 'min', 'max', 'count_distinct', 'array_agg', 'string_agg'])(
    'knows %s',
    (name) => {
      const node = { function: name, field: 'a', alias: 'x', distinct: true, filter: { a: 1 } };
      expect(AggregationNodeSchema.parse(node)).toEqual(node);
    },
  );

  it.each([
    ['function', { function: 'median' }],
    ['alias', { alias: undefined }],
  ])('refuses a wrong %s', (path, change) => {
    expect(issuePaths(AggregationNodeSchema, { function: 'count', alias: 'x', ...change })).toEqual([path]);
  });
});

describe('WindowFunctionNodeSchema', () => {
  it('orders upwards within a part unless told otherwise', () => {
    const over = { partitionBy: ['a'], orderBy: [{ field: 'b' }], frame: { type: 'rows', start: '1' } };
    expect(WindowFunctionNodeSchema.parse({ function: 'lag', field: 'c', alias: 'x', over })).toMatchObject({
      over: { orderBy: [{ field: 'b', order: 'asc' }] },
    });
  });

  it.each([
    ['function', { function: 'ntile' }],
    ['over.frame.type', { over: { frame: { type: 'groups' } } }],
  ])('refuses a wrong %s', (path, change) => {
    expect(
      issuePaths(WindowFunctionNodeSchema, { function: 'rank', alias: 'x', over: {}, ...change }),
    ).toEqual([path]);
  });
});
