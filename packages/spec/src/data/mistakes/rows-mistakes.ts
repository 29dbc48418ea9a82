import type { QueryMistake } from './query-calls.js';

const count = { function: 'count', alias: 'records' } as const;
const aggregate = (node: object) => ({ aggregations: [{ alias: 'value', ...node }] });

/** Mistakes in queries that return rows of values: groups, aggregations and distinct rows. */
export const ROWS_MISTAKES: readonly QueryMistake[] = [
  {
    id: 'no-aggregations',
    what: '`aggregations` is empty.',
    example: () => ({ aggregations: [] }),
    path: '/aggregations',
  },
  {
    id: 'unknown-function',
    what: 'The aggregate function does not exist.',
    example: () => aggregate({ function: 'median', field: 'budget' }),
    path: '/aggregations/0/function',
  },
  {
    id: 'function-without-field',
    what: 'A function other than `count` has no field.',
    example: () => aggregate({ function: 'sum' }),
    path: '/aggregations/0/field',
  },
  {
    id: 'distinct-count-without-field',
    what: '`count` with `distinct` has no field.',
    example: () => aggregate({ function: 'count', distinct: true }),
    path: '/aggregations/0/field',
  },
  {
    id: 'function-of-unknown-field',
    what: 'The aggregated field does not exist.',
    example: () => aggregate({ function: 'max', field: 'nothing' }),
    path: '/aggregations/0/field',
  },
  {
    id: 'sum-of-texts',
    what: '`sum` or `avg` is applied to a field that is not a number.',
    example: () => aggregate({ function: 'sum', field: 'name' }),
    path: '/aggregations/0/field',
  },
  {
    id: 'join-of-numbers',
    what: '`string_agg` is applied to a number.',
    example: () => aggregate({ function: 'string_agg', field: 'budget' }),
    path: '/aggregations/0/field',
  },
  {
    id: 'join-of-dates',
    what: '`string_agg` is applied to a date; only text values are joined.',
    example: () => aggregate({ function: 'string_agg', field: 'opened_on' }),
    path: '/aggregations/0/field',
  },
  {
    id: 'least-list',
    what: '`min` or `max` is applied to a list, which has no order.',
    example: () => aggregate({ function: 'min', field: 'tags' }),
    path: '/aggregations/0/field',
  },
  {
    id: 'no-alias',
    what: 'An aggregation has no alias.',
    example: () => ({ aggregations: [{ function: 'count' }] }),
    path: '/aggregations/0/alias',
  },
  {
    id: 'malformed-alias',
    what: 'An alias contains a character other than letters, digits and underscores.',
    example: () => ({ aggregations: [{ function: 'count', alias: 'x y' }] }),
    path: '/aggregations/0/alias',
  },
  {
    id: 'alias-of-group',
    what: 'An alias is the name of a groupBy field.',
    example: () => ({ groupBy: ['name'], aggregations: [{ function: 'count', alias: 'name' }] }),
    path: '/aggregations/0/alias',
  },
  {
    id: 'same-alias',
    what: 'Two aggregations have the same alias.',
    example: () => ({ aggregations: [count, { function: 'max', field: 'name', alias: 'records' }] }),
    path: ['/aggregations/0/alias', '/aggregations/1/alias'],
  },
  {
    id: 'unknown-aggregation-key',
    what: 'An aggregation has an unknown key.',
    example: () => aggregate({ function: 'count', where: {} }),
    path: '/aggregations/0/where',
  },
  {
    id: 'no-groups',
    what: '`groupBy` is empty.',
    example: () => ({ groupBy: [] }),
    path: '/groupBy',
  },
  {
    id: 'group-by-unknown-field',
    what: '`groupBy` contains a field that the object does not have.',
    example: () => ({ groupBy: ['nothing'] }),
    path: '/groupBy/0',
  },
  {
    id: 'group-by-list',
    what: '`groupBy` contains a list field.',
    example: () => ({ groupBy: ['name', 'tags'] }),
    path: '/groupBy/1',
  },
  {
    id: 'fields-of-groups',
    what: 'A query for groups lists fields.',
    example: () => ({ groupBy: ['name'], fields: ['name'] }),
    path: ['/fields', '/groupBy'],
  },
  {
    id: 'order-by-other-field',
    what: 'Groups are sorted by a field that the rows do not have.',
    example: () => ({ groupBy: ['name'], orderBy: [{ field: 'budget' }] }),
    path: '/orderBy/0/field',
  },
  {
    id: 'cursor-of-groups',
    what: 'A query for groups has a cursor.',
    example: () => ({ groupBy: ['name'], cursor: { id: 'a1' } }),
    path: ['/cursor', '/groupBy'],
  },
  {
    id: 'expand-of-groups',
    what: 'A query for groups expands a lookup.',
    example: () => ({ groupBy: ['account'], expand: { account: {} } }),
    object: 'contact',
    path: ['/expand', '/groupBy'],
  },
  {
    id: 'distinct-groups',
    what: 'A query for groups requests distinct rows.',
    example: () => ({ groupBy: ['name'], distinct: true }),
    path: ['/distinct', '/groupBy'],
  },
  {
    id: 'distinct-without-fields',
    what: 'A query for distinct rows lists no fields.',
    example: () => ({ distinct: true }),
    path: '/fields',
  },
  {
    id: 'having-without-groups',
    what: 'A query without groups has a filter for groups.',
    example: () => ({ having: { name: 'x' } }),
    path: '/having',
  },
];

/** Queries for rows of values in methods that return records. */
export const ROWS_AS_RECORDS_MISTAKES: readonly QueryMistake[] = [
  {
    id: 'groups-as-records',
    what: '`findOne` or `findStream` is called with groups; only `find` returns rows of values.',
    example: () => ({ groupBy: ['name'] }),
    path: '/groupBy',
  },
  {
    id: 'aggregation-as-record',
    what: '`findOne` or `findStream` is called with aggregations.',
    example: () => ({ aggregations: [count] }),
    path: '/aggregations',
  },
  {
    id: 'grouped-aggregations-as-records',
    what: '`findOne` or `findStream` is called with groups and aggregations.',
    example: () => ({ groupBy: ['name'], aggregations: [count] }),
    path: ['/groupBy', '/aggregations'],
  },
  {
    id: 'distinct-as-records',
    what: '`findOne` or `findStream` is called with distinct rows.',
    example: () => ({ distinct: true, fields: ['name'] }),
    path: '/distinct',
  },
];
