import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { FILTER_OPERATORS, FieldOperatorsSchema, FieldReferenceSchema, FilterSchema } from './filter.zod.js';

describe('FilterSchema', () => {
  it.each([
    {},
    { name: 'Ada', age: 36, active: true, left_at: null },
    { age: { $gte: 18, $lt: 65 }, stage: { $in: ['new', null] } },
    { $and: [], $or: [] },
    { $or: [{ a: 1 }, { $not: { $and: [{ b: { $ne: 2 } }] } }] },
    { end_at: { $gt: { $field: 'start_at' } } },
  ])('accepts %j unchanged', (filter) => {
    expect(FilterSchema.parse(filter)).toEqual(filter);
  });

  it.each([
    ['', 'name = 1'],
    ['', [['name', '=', 1]]],
    ['name', { name: undefined }],
    ['name', { name: [1] }],
    ['name', { name: {} }],
    ['name', { name: { $like: 'a%' } }],
    ['name', { name: { $eq: undefined } }],
    ['name', { name: Number.NaN }],
    ['$or', { $or: { a: 1 } }],
    ['$or.0.a', { $or: [{ a: [] }] }],
    ['$not.$and.1.a', { $not: { $and: [{ a: 1 }, { a: { $in: 'x' } }] } }],
  ])('rejects at "%s": %j', (path, filter) => {
    expect(issuePaths(FilterSchema, filter)).toEqual([path]);
  });
});

describe('FieldOperatorsSchema', () => {
  it.each([
    { $eq: null, $ne: 1 },
    { $gt: 'a', $gte: 1, $lt: { $field: 'b' }, $lte: true },
    { $in: [], $nin: [1, 'a', null] },
    { $between: [1, 2] },
    { $contains: '', $notContains: '%', $startsWith: 'a', $endsWith: 'b' },
    { $null: true, $exists: false },
  ])('accepts %j', (operators) => {
    expect(FieldOperatorsSchema.parse(operators)).toEqual(operators);
  });

  it.each([
    ['', {}],
    ['', { $regex: 'a' }],
    ['$eq', { $eq: { field: 'b' } }],
    ['$eq', { $eq: undefined }],
    ['$in', { $in: 'a' }],
    ['$in.0', { $in: [{ $field: 'b' }] }],
    ['$between', { $between: [1] }],
    ['$contains', { $contains: ['x'] }],
    ['$null', { $null: 'true' }],
  ])('rejects at "%s": %j', (path, operators) => {
    expect(issuePaths(FieldOperatorsSchema, operators)).toEqual([path]);
  });
});

describe('FieldReferenceSchema', () => {
  it('rejects keys other than $field', () => {
    expect(issuePaths(FieldReferenceSchema, { $field: 'a', extra: 1 })).toEqual(['']);
  });
});

describe('FILTER_OPERATORS', () => {
  it('has the keys of the schema', () => {
    expect(FILTER_OPERATORS).toEqual(Object.keys(FieldOperatorsSchema.shape));
    expect(FILTER_OPERATORS).toHaveLength(15);
  });
});
