import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import {
  AggregationNodeSchema,
  FullTextSearchSchema,
  SortNodeSchema,
  WindowFunctionNodeSchema,
} from './query-node.zod.js';

describe('SortNodeSchema', () => {
  it('sorts in ascending order by default', () => {
    expect(SortNodeSchema.parse({ field: 'name' })).toEqual({ field: 'name', order: 'asc' });
  });
});

describe('FullTextSearchSchema', () => {
  it.each([
    { query: 'ada' },
    { query: 'ada', fields: ['name'], operator: 'and', boost: { name: 2 }, minScore: 0.1 },
  ])('returns %j unchanged', (value) => {
    expect(FullTextSearchSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['query', { query: 1 }],
    ['operator', { operator: 'near' }],
    ['boost.name', { boost: { name: 'high' } }],
  ])('rejects an invalid %s', (path, change) => {
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
  ])('rejects an invalid %s', (path, change) => {
    expect(issuePaths(AggregationNodeSchema, { function: 'count', alias: 'x', ...change })).toEqual([path]);
  });
});

describe('WindowFunctionNodeSchema', () => {
  it('sorts within a partition in ascending order by default', () => {
    const over = { partitionBy: ['a'], orderBy: [{ field: 'b' }], frame: { type: 'rows', start: '1' } };
    expect(WindowFunctionNodeSchema.parse({ function: 'lag', field: 'c', alias: 'x', over })).toMatchObject({
      over: { orderBy: [{ field: 'b', order: 'asc' }] },
    });
  });

  it.each([
    ['function', { function: 'ntile' }],
    ['over.frame.type', { over: { frame: { type: 'groups' } } }],
  ])('rejects an invalid %s', (path, change) => {
    expect(
      issuePaths(WindowFunctionNodeSchema, { function: 'rank', alias: 'x', over: {}, ...change }),
    ).toEqual([path]);
  });
});
